"""What people did with mailings and letters, in the audit trail."""

from typing import Any

from editorial.models import EditorialEvent, EventAction
from newsletter.models import Letter, Mailing


def log(action: EventAction, row: Mailing | Letter, by: Any, note: str = "") -> None:
    """A letter by its kind, not its address: the trail is never deleted."""
    is_mailing = isinstance(row, Mailing)
    EditorialEvent.objects.create(
        document_uid=row.uid,
        kind="mailing" if is_mailing else "letter",
        subject=row.subject if is_mailing else row.get_kind_display(),
        action=action,
        actor=by,
        note=note,
    )
