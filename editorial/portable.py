"""What every document that people write as a file has in common.

A file names sources and facts by short keys. The uids of its children follow from their
texts, or from an `id` where a text changes between versions, so that the same child is
recognised in the next version.
"""

from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from editorial.content import ContentError
from editorial.freezing import Body
from editorial.registry import fact_type

NAMESPACE = uuid5(NAMESPACE_URL, "urn:runlocalai:content")


class SourceKeys:
    """The sources of a file, numbered as a frozen document numbers them."""

    def __init__(self, sources: Mapping[str, Mapping[str, Any]]) -> None:
        self._sources = sources
        self._numbers: dict[str, int] = {}

    def numbers(self, keys: list[str] | None) -> list[int]:
        """Raises ContentError for a key that the file does not define."""
        for key in keys or []:
            if key not in self._sources:
                raise ContentError(f"no source has the key “{key}”")
            self._numbers.setdefault(key, len(self._numbers) + 1)
        return sorted({self._numbers[key] for key in keys or []})

    def frozen(self) -> list[Body]:
        return [
            {
                "uid": str(uuid5(NAMESPACE_URL, self._sources[key]["url"])),
                "number": number,
                "url": self._sources[key]["url"],
                "title": self._sources[key]["title"],
                "publisher": self._sources[key].get("publisher", ""),
                "kind": self._sources[key].get("kind", ""),
                "retrieved_on": str(self._sources[key]["retrieved_on"]),
                "archive_url": self._sources[key].get("archive_url", ""),
            }
            for key, number in self._numbers.items()
        ]


def document_uid(data: Mapping[str, Any]) -> UUID:
    return uuid5(NAMESPACE, f"{data['kind']}/{data['slug']}")


def child_uid(parent: UUID, group: str, row: Mapping[str, Any], text: str) -> str:
    return str(uuid5(parent, f"{group}/{row.get('id', text)}"))


def frozen_fact(reference: str | None) -> Body | None:
    """`engine:vllm` as a frozen reference. Raises ContentError for an unknown one."""
    if reference is None:
        return None
    type_name, _, slug = reference.partition(":")
    try:
        kind = fact_type(type_name)
    except KeyError:
        raise ContentError(f"“{type_name}” is not a kind of fact") from None
    uid = kind.find(slug)
    if uid is None:
        raise ContentError(f"the catalogue has no {type_name} “{slug}”")
    return {"type": type_name, "uid": str(uid), "slug": kind.resolve([uid])[uid].slug}
