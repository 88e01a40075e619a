"""One plain JSON document from many rows: its digest, its checks, its newest shape.

A frozen document holds only str, int, bool, None, list and dict: decimals and dates
are strings, so that a digest means the same on every database and for ever.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from jsonschema import Draft202012Validator

from editorial.models import Source
from editorial.problems import Problem
from editorial.registry import DocumentKind

Body = dict[str, Any]

DERIVED_KEYS = frozenset({"html", "renderer"})
"""Left out of the digest: they follow from the text and the renderer's version, and
an upgrade of the renderer must not look like an edit."""


def canonical(value: Any) -> str:
    """The one way to write `value` as JSON: sorted keys, no spaces.

    >>> canonical({"b": 1, "a": ["é"]})
    '{"a":["é"],"b":1}'
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def essence(value: Any) -> Any:
    """What an editor decided in a body: that which its digest speaks of."""
    if isinstance(value, dict):
        return {
            key: essence(item) for key, item in value.items() if key not in DERIVED_KEYS
        }
    if isinstance(value, list):
        return [essence(item) for item in value]
    return value


def digest_of(body: Body) -> str:
    """SHA-256 over everything an editor decided in `body`, as 64 hex digits."""
    return hashlib.sha256(canonical(essence(body)).encode()).hexdigest()


def lift(kind: DocumentKind, body: Body) -> Body:
    """`body` in the newest schema of its kind. The stored row is never rewritten.

    Raises ValueError for a schema from the future or one without an upcaster.
    """
    schema = body["schema"]
    if schema > kind.schema:
        raise ValueError(
            f"{kind.name} has schema {schema}, newer than {kind.schema}: "
            "this program is older than its data."
        )
    while schema < kind.schema:
        if schema not in kind.upcasters:
            raise ValueError(f"No upcaster lifts {kind.name} from schema {schema}.")
        body = kind.upcasters[schema](body)
        schema += 1
        body = body | {"schema": schema}
    return body


def schema_problems(kind: DocumentKind, body: Body) -> list[Problem]:
    """What the kind's JSON Schema has against `body`, a sentence each."""
    errors = Draft202012Validator(kind.json_schema).iter_errors(body)
    return [
        Problem(f"{_where(error.absolute_path)}: {error.message}")
        for error in sorted(errors, key=lambda error: list(map(str, error.path)))
    ]


def _where(path: Iterable[Any]) -> str:
    steps = [
        str(step + 1) if isinstance(step, int) else str(step).replace("_", " ")
        for step in path
    ]
    return " › ".join(steps).capitalize() or "Document"


class SourceNumbering:
    """Numbers sources in the order in which a document first cites them."""

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}
        self._sources: list[Source] = []

    def numbers(self, sources: Iterable[Source]) -> list[int]:
        """The printed numbers of `sources`, in rising order."""
        for source in sources:
            if source.uid not in self._numbers:
                self._sources.append(source)
                self._numbers[source.uid] = len(self._sources)
        return sorted({self._numbers[source.uid] for source in sources})

    def frozen(self) -> list[Body]:
        """Every cited source as it reads today, by number."""
        return [
            {
                "uid": str(source.uid),
                "number": number,
                "url": source.url,
                "title": source.title,
                "publisher": source.publisher or source.host,
                "kind": source.kind,
                "retrieved_on": source.retrieved_on.isoformat(),
                "archive_url": source.archive_url,
            }
            for number, source in enumerate(self._sources, start=1)
        ]
