"""The three texts of a conflict, and what its page shows of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from editorial.diffing import Change, Piece, changes_between, word_pieces
from editorial.freezing import Body
from editorial.merging import (
    MINE,
    THEIRS,
    TOGETHER,
    Conflict,
    Decision,
    Merge,
    merge,
    resolve,
    text_of,
)
from editorial.merging_words import joined_words
from editorial.places import Place, places_in
from editorial.registry import document_kind

CHOICE, TEXT = "choice:", "text:"
"""Before the key of a conflict, the names of its two fields."""


@dataclass(frozen=True)
class Collision:
    """One conflict as the page shows it; `choice` and `proposal` as they were sent."""

    conflict: Conflict
    label: str
    theirs: list[Piece]
    mine: list[Piece]
    proposal: str
    choice: str

    @property
    def removed_by_them(self) -> bool:
        return self.conflict.is_row and self.conflict.theirs is None

    @property
    def removed_by_me(self) -> bool:
        return self.conflict.is_row and self.conflict.mine is None


@dataclass(frozen=True)
class Meeting:
    """What both had opened, what each made of it, and one text of the two."""

    base: Body
    merged: Merge
    decisions: Mapping[str, Decision] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        document: Any,
        *,
        base: Body,
        theirs: Body,
        mine: Body,
        decisions: Mapping[str, Decision] | None = None,
    ) -> "Meeting":
        kind = document_kind(document.kind)
        merged = merge(base, theirs, mine, kind.unique_rows)
        return cls(base, merged, decisions or {})

    def undecided(self) -> list[str]:
        """The names of the places that nobody has decided yet."""
        return [
            row.label
            for row in self.collisions()
            if row.choice not in _answers(row.conflict)
        ]

    def decided(self) -> Body:
        return resolve(self.base, self.merged, self.decisions)

    def collisions(self) -> list[Collision]:
        texts = (self.base, self.merged.theirs, self.merged.mine)
        places = [places_in(body) for body in texts]
        return [self._collision(row, places) for row in self.merged.conflicts]

    def _collision(self, row: Conflict, places: list[dict[str, Place]]) -> Collision:
        found = [there.get(row.key) for there in places]
        old, theirs, mine = (place.text if place else "" for place in found)
        sent = self.decisions.get(row.key, Decision(""))
        proposal = sent.text
        if row.is_text and not proposal:
            proposal = _proposal(row)
        return Collision(
            conflict=row,
            label=next(place.label for place in reversed(found) if place),
            theirs=_new_words(old, theirs),
            mine=_new_words(old, mine),
            proposal=proposal,
            choice=sent.choice,
        )

    def from_theirs(self) -> list[Change]:
        """What the merge takes over from the other person by itself."""
        return changes_between(self.merged.mine, self.merged.body)

    def from_mine(self) -> list[Change]:
        all_theirs = {row.key: Decision(THEIRS) for row in self.merged.conflicts}
        body = resolve(self.base, self.merged, all_theirs)
        return changes_between(self.merged.theirs, body)

    def kept_names(self) -> list[str]:
        """Rows that were removed and stay, because the other text speaks of them."""
        places = places_in(self.merged.body)
        return [places[uid].label for uid in self.merged.kept if uid in places]


def sent_decisions(data: Any) -> dict[str, Decision]:
    """What a conflict's page sent, by the key of the place."""
    return {
        name.removeprefix(CHOICE): Decision(
            choice, data.get(f"{TEXT}{name.removeprefix(CHOICE)}", "")
        )
        for name, choice in data.items()
        if name.startswith(CHOICE)
    }


def _answers(conflict: Conflict) -> set[str]:
    return {MINE, THEIRS, TOGETHER} if conflict.is_text else {MINE, THEIRS}


def _proposal(row: Conflict) -> str:
    if isinstance(row.mine, list):  # each line is a reason of its own
        return "\n".join(dict.fromkeys([*row.theirs, *row.mine]))
    before = "" if row.base is None else text_of(row.base)
    return joined_words(before, text_of(row.theirs), text_of(row.mine))


def _new_words(old: str, new: str) -> list[Piece]:
    return [piece for piece in word_pieces(old, new) if piece.mark != "removed"]
