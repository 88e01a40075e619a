"""Writing into the trail what concerns people: the workflow logs its own steps."""

from typing import Any

from editorial.models import ACCOUNT, EditorialEvent, EventAction
from editorial.rights import can


def record(
    action: EventAction, *, subject: str, by: Any, note: str = ""
) -> EditorialEvent:
    """`by` did `action` to the account called `subject`. None: nobody signed in."""
    return EditorialEvent.objects.create(
        kind=ACCOUNT, action=action, subject=subject[:200], actor=by, note=note[:300]
    )


def readable_events(user: Any) -> Any:
    """The part of the trail that `user` may read: all of it, or that of documents."""
    if can(user, "audit", EditorialEvent):
        return EditorialEvent.objects.for_listing()
    return EditorialEvent.objects.for_listing().of_documents()
