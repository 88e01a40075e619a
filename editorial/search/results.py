"""What a search answers. Texts are pieces, so that no markup ever comes from data."""

from collections.abc import Iterable
from dataclasses import dataclass

from editorial.search.dialects import COUNTED
from editorial.search.marking import Piece
from editorial.search.querying import Query


@dataclass(frozen=True)
class Count:
    """How many matches there are, as far as they were counted."""

    number: int
    is_capped: bool = False

    def __str__(self) -> str:
        return f"{self.number:,}{'+' if self.is_capped else ''}"

    @classmethod
    def of(cls, counted: int) -> "Count":
        """
        >>> str(Count.of(1001))
        '1,000+'
        """
        return cls(min(counted, COUNTED), counted > COUNTED)

    @classmethod
    def sum(cls, numbers: Iterable[int]) -> "Count":
        counts = [cls.of(number) for number in numbers]
        return cls(
            sum(count.number for count in counts),
            any(count.is_capped for count in counts),
        )


@dataclass(frozen=True)
class KindCount:
    """How much there is of one kind."""

    kind: str
    label: str
    total: Count


@dataclass(frozen=True)
class Hit:
    """One thing that was found."""

    kind: str
    kind_label: str
    url: str
    title: tuple[Piece, ...]
    summary: tuple[Piece, ...]

    @property
    def name(self) -> str:
        return "".join(piece.text for piece in self.title)


@dataclass(frozen=True)
class Group:
    """What was found of one kind, the best first. `reachable` of them can be listed."""

    kind: str
    label: str
    list_url: str
    hits: tuple[Hit, ...]
    total: Count
    reachable: int


@dataclass(frozen=True)
class SearchResults:
    """Everything a search says.

    `counts` holds every kind that has matches, whether it was asked for or not. With
    `is_partial` nothing has all the words; what is shown has some of them.
    """

    query: Query
    groups: tuple[Group, ...] = ()
    counts: tuple[KindCount, ...] = ()
    total: Count = Count(0)
    is_partial: bool = False
    suggestion: str = ""
