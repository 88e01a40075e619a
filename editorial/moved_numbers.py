"""Published numbers whose fact has moved: old, new, where, and the step to renew them.

Pins are resolved whenever the working copy is frozen. So a draft that says what the
live text says takes today's numbers by being saved once more; what is written here is
that save, and that it goes through review like any other text.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator

from editorial.drafts import record_save
from editorial.fact_changes import FactChange, FieldKey, last_changes_of
from editorial.freezing import Body, canonical, digest_of, essence, lift
from editorial.freshness import working_copies
from editorial.models import Citation, Publication
from editorial.pins import (
    FactKey,
    Pin,
    moved_pin,
    pinned_facts,
    pinned_sentence,
    resolve_pins,
)
from editorial.problems import WrongStateError
from editorial.registry import (
    FactValue,
    ResolvedFact,
    document_kind,
    fact_types,
)
from editorial.review import submit
from editorial.transitions import begin
from editorial.vocabularies import ReviewState


@dataclass(frozen=True)
class MovedNumber:
    """One quoted number that is not what the fact says now.

    `place` is the field of the text, `before` and `after` are the words around the
    number in its sentence.
    """

    place: str
    pin: Pin
    value: FactValue
    fact: ResolvedFact
    before: str
    after: str
    source_url: str
    change: FactChange | None

    @property
    def old(self) -> str:
        return f"{self.pin['display']} {self.pin['unit']}".strip()

    @property
    def new(self) -> str:
        return f"{self.value.display} {self.value.unit}".strip()

    @property
    def old_on(self) -> datetime.date | None:
        day = self.pin["as_of"]
        return datetime.date.fromisoformat(day) if day else None

    @property
    def place_name(self) -> str:
        return self.place.replace("_", " ").capitalize()

    @property
    def field(self) -> str:
        """As the catalogue names it, without its unit: the numbers bring theirs."""
        name = self.pin["field"]
        options = apps.get_model(fact_types()[self.pin["type"]].model)._meta
        if name in {field.name for field in options.concrete_fields}:
            verbose_name = str(options.get_field(name).verbose_name)
            return verbose_name.partition(" (")[0]
        return str(name).replace("_", " ")


@dataclass(frozen=True)
class MovedText:
    """A published text with numbers that moved, and its draft."""

    publication: Publication
    body: Body
    document: Any
    numbers: list[MovedNumber]


def moved_texts(moment: datetime.datetime) -> list[MovedText]:
    """Every live text that quotes a number which has moved, by title.

    A statement for the texts, one for the citations, one for each kind of documents,
    and those of each kind of fact: one or two for the values, as many for the changes.
    """
    rows = Publication.objects.live_at(moment).quoting_changed_facts().order_by("title")
    bodies = {row: lift(document_kind(row.kind), row.body) for row in rows}
    numbers = _moved_numbers(bodies)
    moved = [row for row in bodies if numbers[row]]
    documents = working_copies(moved)
    return [
        MovedText(
            publication=row,
            body=bodies[row],
            document=documents[row.document_uid],
            numbers=numbers[row],
        )
        for row in moved
        if row.document_uid in documents
    ]


def moved_text_count(moment: datetime.datetime) -> int:
    """How many texts `moved_texts` lists, without their drafts."""
    rows = Publication.objects.live_at(moment).quoting_changed_facts()
    bodies = [lift(document_kind(row.kind), row.body) for row in rows]
    facts = resolve_pins(pinned_facts(text for b in bodies for _, text in _texts(b)))
    return sum(
        any(moved_pin(pin, facts) for _, text in _texts(body) for pin in text["pins"])
        for body in bodies
    )


def _texts(body: Body) -> list[tuple[str, Body]]:
    return [
        (name, value)
        for name, value in body.items()
        if isinstance(value, dict) and "pins" in value
    ]


def _moved_numbers(bodies: dict[Any, Body]) -> dict[Any, list[MovedNumber]]:
    texts = [(row, *text) for row, body in bodies.items() for text in _texts(body)]
    facts = resolve_pins(pinned_facts(text for _, _, text in texts))
    places = [
        (row, name, text, index, pin)
        for row, name, text in texts
        for index, pin in enumerate(text["pins"])
        if moved_pin(pin, facts)
    ]
    pins = [pin for *_, pin in places]
    changes, proofs = _last_changes(pins), _proofs(pins)
    found: dict[Any, list[MovedNumber]] = defaultdict(list)
    for row, name, text, index, pin in places:
        value: Any = moved_pin(pin, facts)
        before, after = pinned_sentence(text["html"], index)
        key = (UUID(pin["uid"]), pin["field"])
        found[row].append(
            MovedNumber(
                place=name,
                pin=pin,
                value=value,
                fact=facts[_fact_key(pin)],
                before=before,
                after=after,
                source_url=proofs.get(key) or value.source_url,
                change=changes.get(key),
            )
        )
    return found


def _fact_key(pin: Pin) -> FactKey:
    return (pin["type"], pin["uid"])


def _last_changes(pins: list[Pin]) -> dict[FieldKey, FactChange]:
    """Who moved each number, two statements at most for each kind of fact."""
    found: dict[FieldKey, FactChange] = {}
    for name in {pin["type"] for pin in pins}:
        keys = {(UUID(p["uid"]), p["field"]) for p in pins if p["type"] == name}
        found |= last_changes_of(name, keys)
    return found


def _proofs(pins: list[Pin]) -> dict[FieldKey, str]:
    """The newest page cited for each field, in one statement."""
    if not pins:
        return {}
    rows = Citation.objects.of_fields({UUID(pin["uid"]) for pin in pins})
    return {(row.subject_uid, row.field): row.source.url for row in rows}


def objection_to_taking(document: Any, live: Body, *, digest: str = "") -> str:
    """Why the draft cannot simply take today's numbers; empty where it can.

    With the `digest` of the live text a draft that was last saved as just that is not
    frozen again, so that a list of texts costs no statements for each.
    """
    if document.review_state == ReviewState.IN_REVIEW:
        return "Its draft is in review: the reviewer sees it, numbers and all."
    if document.review_state == ReviewState.APPROVED:
        return "Its draft is approved: publish it, or send it to review again."
    if digest and document.working_digest == digest:
        return ""
    if not _differs_in_numbers_only(
        document_kind(document.kind).freeze(document), live
    ):
        return "Its draft has other changes: they take the new numbers along."
    return ""


def _differs_in_numbers_only(draft: Body, live: Body) -> bool:
    return canonical(_without_numbers(draft)) == canonical(_without_numbers(live))


def _without_numbers(body: Body) -> Body:
    """What an editor decided, without the values that pins had on the day."""
    kept: Body = essence(body)
    for name, text in _texts(kept):
        keys = [(pin["type"], pin["uid"], pin["field"]) for pin in text["pins"]]
        kept[name] = text | {"pins": keys}
    return kept


@transaction.atomic
def take_new_numbers(document: Any, *, by: Any, digest: str) -> str:
    """Save the draft with today's numbers and send it to review; answers the note.

    `digest` is that of the live text which was on the screen. The draft keeps the day
    on which the live text was last verified, if that is later than its own. Raises
    WrongStateError when the draft has other changes or waits for a reviewer already,
    NotAllowedError.
    """
    row = begin("take_numbers", document, by)
    now = timezone.now()
    versions = Publication.objects.of_document(row.uid).live_at(now)
    live: Any = versions.with_checks(now).first()
    if live is None or live.digest != digest:
        raise WrongStateError("Another version has gone live since. Look again.")
    kind = document_kind(row.kind)
    body = lift(kind, live.body)
    if sentence := objection_to_taking(row, body):
        raise WrongStateError(sentence)
    numbers = _moved_numbers({live: body})[live]
    if not numbers:
        raise WrongStateError("Its numbers are those of the catalogue already.")
    note = _note(numbers)
    row.change_note = note
    row.verified_on = max(live.checked_on, row.verified_on or live.checked_on)
    row.save(update_fields=["change_note", "verified_on"])
    record_save(row, by=by, note=note)
    if digest_of(kind.freeze(row)) == digest:
        raise WrongStateError("The draft took no other number. Open it and look.")
    submit(row, by=by, note=note)
    document.refresh_from_db()
    return note


def _note(numbers: list[MovedNumber]) -> str:
    """What changes, in a sentence for readers."""
    moves = dict.fromkeys(
        f"{number.fact.name}, {number.field}: {number.old}, now {number.new}"
        for number in numbers
    )
    return Truncator(f"Numbers renewed. {'; '.join(moves)}.").chars(300)
