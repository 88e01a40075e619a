"""Two rows for one page made one: everything that cites either cites the kept one."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from simple_history.utils import bulk_update_with_history

from editorial.models import (
    Citation,
    EditorialEvent,
    EventAction,
    LinkCheck,
    MergedSource,
    Source,
)
from editorial.problems import NotAllowedError, WrongStateError
from editorial.rights import objection

KIND = "source"
"""What the log of editorial events calls it."""

REASON = "Merged sources"


@transaction.atomic
def merge_sources(duplicate: Source, *, into: Source, by: Any) -> int:
    """Move every citation of `duplicate` to `into` and remove it.

    Facts keep the change in their histories, the log keeps who did it, and the old
    address leads to the kept source from now on. Published texts are not touched.
    Answers how many rows were moved. Raises WrongStateError, NotAllowedError.
    """
    if sentence := objection(by, "merge", duplicate):
        raise NotAllowedError(sentence)
    locked = Source.objects.select_for_update().order_by("pk")
    rows = {row.pk: row for row in locked.filter(pk__in=[duplicate.pk, into.pk])}
    if len(rows) != 2:
        raise WrongStateError("Choose another source than this one, and one there is.")
    old, kept = rows[duplicate.pk], rows[into.pk]
    moved = sum(_move(model, field, old, kept, by) for model, field in _keys())
    _complete(kept, old)
    EditorialEvent.objects.create(
        document_uid=kept.uid,
        kind=KIND,
        action=EventAction.MERGE,
        actor=by,
        note=f"{old.url} into {kept.url}"[:300],
    )
    uid, url = old.uid, old.url
    old.delete()
    MergedSource.objects.create(uid=uid, url=url, into=kept)
    return moved


def _keys() -> Iterator[tuple[Any, str]]:
    """(model, field) of every key to a source, those of many-to-many tables too.

    Histories keep what they say, and a page's state goes with its source.
    """
    relations: Any = Source._meta.get_fields(include_hidden=True)
    for relation in relations:
        is_key = relation.auto_created and not relation.concrete
        if not is_key or relation.many_to_many:
            continue
        model = relation.related_model
        if model is not LinkCheck and not hasattr(model, "history_type"):
            yield model, relation.field.name


def _move(model: Any, field: str, old: Source, kept: Source, by: Any) -> int:
    rows = model._base_manager.filter(**{field: old})
    if model._meta.auto_created:
        owner = next(
            f.name
            for f in model._meta.concrete_fields
            if f.many_to_one and f.name != field
        )
        taken = model._base_manager.filter(**{field: kept}).values(owner)
        count = rows.count()
        rows.filter(**{f"{owner}__in": taken}).delete()
        rows.update(**{field: kept})
        return int(count)
    if model is Citation:
        return _move_citations(old, kept)
    if not hasattr(model, "history"):
        return int(rows.update(**{field: kept}))
    changed = list(rows)
    for row in changed:
        setattr(row, field, kept)
    options = {"default_user": by, "default_change_reason": REASON}
    bulk_update_with_history(changed, model, [field], batch_size=200, **options)
    return len(changed)


def _move_citations(old: Source, kept: Source) -> int:
    """Where both prove one field, the later reading stays."""
    named = ("subject_type", "subject_uid", "field", "label")
    there = {
        tuple(getattr(row, name) for name in named): row
        for row in Citation.objects.filter(source=kept)
    }
    moving = list(Citation.objects.filter(source=old))
    for row in moving:
        twin = there.get(tuple(getattr(row, name) for name in named))
        if twin is None:
            row.source = kept
            row.save(update_fields=["source"])
            continue
        if row.retrieved_on > twin.retrieved_on:
            twin.retrieved_on = row.retrieved_on
            twin.save(update_fields=["retrieved_on"])
        row.delete()
    return len(moving)


def _complete(kept: Source, old: Source) -> None:
    """Fill what nobody knew of the kept source."""
    for name in ("title", "publisher", "kind", "archive_url"):
        if not getattr(kept, name):
            setattr(kept, name, getattr(old, name))
    kept.retrieved_on = max(kept.retrieved_on, old.retrieved_on)
    kept.save()
