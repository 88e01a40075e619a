"""Source numbers of frozen documents as addresses, and back.

Numbers mean something within one document only: two documents that are merged are
compared by the addresses behind them.
"""

from collections.abc import Iterable
from typing import Any

from editorial.freezing import Body

LIST = "sources"


def with_addresses(body: Body) -> Body:
    """`body` with addresses where it has numbers, and without its list of sources."""
    urls = {row["number"]: row["url"] for row in body.get(LIST, [])}
    plain = {key: value for key, value in body.items() if key != LIST}
    return dict(_mapped(plain, urls))


def joined_sources(*bodies: Body) -> dict[str, Body]:
    """Every source of `bodies` by address; the first that has one describes it."""
    found: dict[str, Body] = {}
    for body in bodies:
        for row in body.get(LIST, []):
            found.setdefault(row["url"], row)
    return found


def numbered(body: Body, sources: dict[str, Body]) -> Body:
    """`body` with numbers again, and the list of those sources that it cites."""
    cited = set(_cited(body))
    rows = [row for url, row in sources.items() if url in cited]
    numbers = {row["url"]: number for number, row in enumerate(rows, start=1)}
    listed = [row | {"number": numbers[row["url"]]} for row in rows]
    return dict(_mapped(body, numbers)) | {LIST: listed}


def _mapped(value: Any, names: dict[Any, Any]) -> Any:
    if isinstance(value, list):
        return [_mapped(item, names) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _renamed(item, names) if _is_cited(key, item) else _mapped(item, names)
        for key, item in value.items()
    }


def _renamed(items: list[Any], names: dict[Any, Any]) -> list[Any]:
    return sorted(names[item] for item in items if item in names)


def _is_cited(key: str, value: Any) -> bool:
    return key.endswith(LIST) and isinstance(value, list)


def _cited(value: Any) -> Iterable[str]:
    if isinstance(value, list):
        for item in value:
            yield from _cited(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from item if _is_cited(key, item) else _cited(item)
