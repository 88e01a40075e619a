"""Everything that is kept about one subscriber, as plain data for them to read."""

from typing import Any

from newsletter.models import Subscriber
from newsletter.watching import watched


def export(subscriber: Subscriber) -> dict[str, Any]:
    """Their row, what they agreed to, what they watch, and each mail to them."""
    letters = subscriber.letters.select_related("mailing").order_by("pk")
    return {
        "address": subscriber.address,
        "state": subscriber.get_state_display(),
        "wants_digest": subscriber.wants_digest,
        "paused_until": _text(subscriber.paused_until),
        "first_asked_at": _text(subscriber.created_at),
        "confirmed_at": _text(subscriber.confirmed_at),
        "left_at": _text(subscriber.left_at),
        "reason_for_leaving": subscriber.leave_reason,
        "remark_on_leaving": subscriber.leave_remark,
        "consents": [
            {
                "step": consent.step,
                "version": consent.version,
                "text": consent.text,
                "given_at": _text(consent.given_at),
                "connection_as_keyed_hash": consent.client_hash,
            }
            for consent in subscriber.consents.all()
        ],
        "watched": [
            {
                "type": row.type,
                "name": target.name if target else "",
                "since": _text(row.created_at),
            }
            for row, target in watched(subscriber.watches.order_by("pk"))
        ],
        "mails": [
            {
                "kind": letter.get_kind_display(),
                "subject": letter.mailing.subject if letter.mailing else letter.subject,
                "state": letter.get_state_display(),
                "due_at": _text(letter.due_at),
                "finished_at": _text(letter.finished_at),
            }
            for letter in letters
        ],
    }


def _text(moment: Any) -> str | None:
    return None if moment is None else moment.isoformat()
