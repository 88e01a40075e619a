"""What every step of the workflow does first and last: lock, judge, write, log."""

from typing import Any

from editorial.drafts import locked
from editorial.models import EditorialEvent, EventAction
from editorial.problems import NotAllowedError
from editorial.rights import objection


def name_of(person: Any) -> str:
    """How a person is named in public: their full name, else their login."""
    return person.get_full_name() or str(person)


def begin(verb: str, document: Any, by: Any) -> Any:
    """Lock the row, then judge the right against what it says now."""
    row = locked(document)
    if sentence := objection(by, verb, row):
        raise NotAllowedError(sentence)
    return row


def log(action: EventAction, document: Any, *, by: Any, **details: Any) -> None:
    EditorialEvent.objects.create(
        document_uid=document.uid,
        kind=document.kind,
        subject=str(document)[:200],
        action=action,
        actor=by,
        **details,
    )


def set_state(document: Any, row: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(row, name, value)
        setattr(document, name, value)
    row.save(update_fields=list(values))
