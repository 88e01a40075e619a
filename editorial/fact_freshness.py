"""Which facts were held against their source too long ago, and saying that they hold.

A fact is as fresh as the day on which its source was read, or on which somebody
checked it again. Each app says which of its rows grow old, and how fast.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from editorial.models import FactCheck
from editorial.problems import NotAllowedError, WrongStateError
from editorial.rights import objection

CHECKED = "Checked again"
"""What the history of a fact says of a check."""


@dataclass(frozen=True)
class DatedFacts:
    """One kind of facts: `rows()` are those that readers are shown as true now.

    Each has a `source`. They fall due `days` days after they were last checked.
    """

    key: str
    label: str
    days: int
    rows: Callable[[], QuerySet]


_kinds: dict[str, DatedFacts] = {}


def register_dated_facts(kind: DatedFacts) -> None:
    _kinds[kind.key] = kind


def dated_facts() -> list[DatedFacts]:
    return list(_kinds.values())


def due_facts(kind: DatedFacts, today: datetime.date) -> QuerySet:
    """Rows to check again, the longest overdue first, with `checked_on` and
    `checked_by`, empty where nobody has checked since the source was read."""
    checks = FactCheck.objects.filter(fact_uid=OuterRef("uid")).newest_first()
    read_on = F("source__retrieved_on")
    checked_on = Subquery(checks.values("checked_on")[:1])
    name = Subquery(checks.values("checked_by__username")[:1])
    rows: Any = kind.rows().select_related("source")
    until = today - datetime.timedelta(days=kind.days)
    dated = rows.annotate(
        checked_on=Greatest(Coalesce(checked_on, read_on), read_on), checked_by=name
    )
    due: QuerySet = dated.filter(checked_on__lte=until)
    return due.order_by("checked_on", "pk")


@transaction.atomic
def check_fact(fact: Any, *, by: Any) -> FactCheck:
    """Record that `by` found the fact as its source says, today.

    The history of the fact says so too. Nothing changes, so no document is asked to be
    looked at again. Raises NotAllowedError, WrongStateError without a source.
    """
    row = type(fact)._base_manager.select_for_update(of=("self",)).get(pk=fact.pk)
    if sentence := objection(by, "check", row):
        raise NotAllowedError(sentence)
    if row.source_id is None:
        raise WrongStateError("It names no source to check it against. Add one.")
    row._history_user = by
    row._change_reason = CHECKED
    row.save(update_fields=["marks"])
    return FactCheck.objects.create(
        fact_model=row._meta.label,
        fact_uid=row.uid,
        source_id=row.source_id,
        checked_on=timezone.now().date(),
        checked_by=by,
    )
