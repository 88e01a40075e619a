"""A comparison as the start of another: all of it, under new identities."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.db import transaction

from comparisons.addresses import canonical_slug
from comparisons.beginning import SideChoice, free_slug, title_of
from comparisons.freezing import freeze_comparison, side_key
from comparisons.models import Comparison
from comparisons.restoring import restore_comparison
from editorial.drafts import record_save
from editorial.freezing import Body
from editorial.problems import NotAllowedError
from editorial.rights import objection


@transaction.atomic
def copy_comparison(
    original: Comparison, *, choices: Sequence[SideChoice], by: Any
) -> Comparison:
    """A new draft with every child of `original`; its sides become `choices`, in order.

    Words stay with their side's place, to be rewritten. The day of the last check is
    left empty, so that nothing goes live unread. Raises NotAllowedError.
    """
    if sentence := objection(by, "copy", original):
        raise NotAllowedError(sentence)
    body = with_new_identities(freeze_comparison(original))
    copy = Comparison(subject=original.subject)
    copy.uid = body["uid"]
    body |= {"slug": str(uuid4()), "verified_on": ""}
    restore_comparison(copy, body)
    sides = list(copy.sides.all())
    for side, choice in zip(sides, choices, strict=True):
        if not choice.is_same_as(side):
            for field, value in choice.values().items():
                setattr(side, field, value)
            side.save()
    copy.title = title_of([side.display_name for side in sides])
    copy.slug = free_slug(canonical_slug(side_key(side) for side in sides))
    copy.save(update_fields=["title", "slug"])
    record_save(copy, by=by, note=f"Copied from “{original}”, {original.uid}."[:300])
    return copy


def with_new_identities(body: Body) -> Body:
    """`body` with a new uid for the document and each child; sources keep theirs."""
    kept = {source["uid"] for source in body["sources"]}
    kept |= {side["fact"]["uid"] for side in body["sides"] if side["fact"]}
    kept |= {mode["fact"] for mode in body["failure_modes"] if mode["fact"]}
    fresh: dict[str, str] = {}
    references = {"uid", "side", "choice", "edge"}

    def renewed(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: renewed(part, name) for name, part in value.items()}
        if isinstance(value, list):
            return [renewed(part) for part in value]
        if key in references and value is not None and value not in kept:
            return fresh.setdefault(value, str(uuid4()))
        return value

    return {name: renewed(part, name) for name, part in body.items()}
