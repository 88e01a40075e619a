"""What a frozen comparison or verdict refers to."""

from collections.abc import Iterator
from uuid import UUID

from editorial.freezing import Body
from editorial.models import QUOTES

Reference = tuple[str, UUID, str]


def comparison_references(body: Body) -> list[Reference]:
    return [
        *(
            (side["fact"]["type"], UUID(side["fact"]["uid"]), "side")
            for side in body["sides"]
            if side["fact"]
        ),
        *(
            ("failure_mode", UUID(mode["fact"]), "rewords")
            for mode in body["failure_modes"]
            if mode["fact"]
        ),
        *_pinned(body, "answer", "verdict", "what_would_change"),
        *_sources(body),
    ]


def verdict_references(body: Body) -> list[Reference]:
    subject = body["subject"]
    return [
        (subject["type"], UUID(subject["uid"]), "judges"),
        *_pinned(body, "summary", "what_would_change"),
        *_sources(body),
    ]


def _pinned(body: Body, *fields: str) -> Iterator[Reference]:
    for field in fields:
        for pin in body[field]["pins"]:
            yield (pin["type"], UUID(pin["uid"]), QUOTES)


def _sources(body: Body) -> Iterator[Reference]:
    for source in body["sources"]:
        yield ("source", UUID(source["uid"]), "cites")
