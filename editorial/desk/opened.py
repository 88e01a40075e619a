"""What a form remembers of the moment at which it was opened."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

ROWS, DIGEST, KEY = "opened_rows", "opened_digest", "scratch_key"
MOST_ROWS = 1_000


@dataclass(frozen=True)
class OpenedForm:
    """Goes along with the form, hidden. It is checked before it is believed.

    digest   of the text that the form showed
    rows     `uid:key` of each row that it showed, with spaces between
    key      names this opening; what is typed is kept under it
    """

    digest: str
    rows: str
    key: str

    @classmethod
    def at(cls, document: Any, formsets: Iterable[Any]) -> "OpenedForm":
        rows = (form.instance for rows in formsets for form in rows.initial_forms)
        return cls(
            digest=getattr(document, "working_digest", ""),
            rows=" ".join(f"{row.uid}:{row.pk}" for row in rows if hasattr(row, "uid")),
            key=str(uuid.uuid4()),
        )

    @classmethod
    def of_post(cls, data: Any) -> "OpenedForm":
        return cls(data.get(DIGEST, ""), data.get(ROWS, ""), data.get(KEY, ""))

    @property
    def row_keys(self) -> dict[str, int]:
        """The primary key under which the form knows each row, by the row's uid."""
        keys = {}
        for pair in self.rows.split()[:MOST_ROWS]:
            uid, _, number = pair.partition(":")
            if number.isdecimal():
                keys[uid] = int(number)
        return keys

    @property
    def scratch_key(self) -> uuid.UUID | None:
        return parsed_key(self.key)


def parsed_key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
