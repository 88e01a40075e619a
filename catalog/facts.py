"""Writing one fact by hand: its source, its history and the re-checks it opens."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from catalog.importing.sync import FACT_TYPE_OF
from editorial.models import Citation, Source
from editorial.rechecks import open_rechecks


def fact_type_of(fact: Any) -> str:
    """The name under which documents refer to such a row, or the model's own."""
    return FACT_TYPE_OF.get(fact._meta.label, fact._meta.model_name)


@transaction.atomic
def record_change(fact: Any, *, fields: Iterable[str], source: Source | None) -> None:
    """Note what proves an editor's change, and ask the documents that use the fact.

    Call it after `fact` was saved. The mark of a changed field goes: its value now
    has a source of its own.
    """
    fields = list(fields)
    if source is not None:
        _cite(fact, fields, source)
    kept = {name: mark for name, mark in fact.marks.items() if name not in fields}
    if kept != fact.marks:
        fact.marks = kept
        type(fact)._default_manager.filter(pk=fact.pk).update(marks=kept)
    owner = getattr(fact, "engine", None) or getattr(fact, "hardware", None)
    owner = owner or getattr(fact, "ai_model", None) or fact
    names = ", ".join(name.replace("_", " ") for name in fields)
    for row in {owner, fact}:
        reason = f"{fact}: an editor changed {names}."
        open_rechecks(fact_type_of(row), [row.uid], reason=reason)


def _cite(fact: Any, fields: list[str], source: Source) -> None:
    today = timezone.now().date()
    for name in fields:
        citation, is_new = Citation.objects.get_or_create(
            source=source,
            subject_type=fact_type_of(fact),
            subject_uid=fact.uid,
            field=name,
            label="",
            defaults={"retrieved_on": today},
        )
        if not is_new:
            citation.retrieved_on = today
            citation.save(update_fields=["retrieved_on"])
