"""What happened on the site between two moments, as lines of an issue.

Only reads. Every number comes from a row, with the day and the source of that row.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from editorial.models import Source

LONGEST_TITLE = 200
LONGEST_TEXT = 600


@dataclass(frozen=True)
class Happening:
    """One line. `key` is the same whenever the same thing is found again."""

    key: str
    group: str
    title: str
    text: str
    path: str
    happened_on: datetime.date
    target_type: str = ""
    target_uid: UUID | None = None
    sources: list[Source] = field(default_factory=list)

    def uid_in(self, issue_uid: UUID) -> UUID:
        """The uid of its item in one issue, by which it is brought in only once."""
        return uuid5(issue_uid, self.key)


@dataclass(frozen=True)
class Span:
    """After `since`, up to `until`."""

    since: datetime.datetime
    until: datetime.datetime

    def holds(self, moment: datetime.datetime) -> bool:
        return self.since < moment <= self.until


def clipped(text: str, most: int) -> str:
    """`text` within `most` characters, cut between words.

    >>> clipped("one two three", 9)
    'one two …'
    """
    if len(text) <= most:
        return text
    return f"{text[: most - 1].rpartition(' ')[0]} …"


def joined_names(names: Iterable[str]) -> str:
    """
    >>> joined_names(["A", "B", "C"])
    'A, B and C'
    """
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
