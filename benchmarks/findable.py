"""Measured set-ups as readers find them: a model on hardware with an engine."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from benchmarks.models import Benchmark
from editorial.registry import Findable, SearchSource

LIST_URL = "/benchmarks/"
LOOKUPS = {
    "benchmarks.Benchmark": "uid",
    "catalog.Engine": "engine__uid",
    "catalog.Hardware": "hardware__uid",
    "catalog.AIModel": "ai_model__uid",
}
SET_UP = ("model_slug", "hardware_slug", "engine_name", "quantization")
"""What makes a set-up, in the sources' own words; together they are its key."""

SEPARATOR = "\x1f"
"""Unit separator: stands in no name."""

FEW = 20


def key_of(row: Any) -> str:
    return SEPARATOR.join(row[name] for name in SET_UP)


def _among(rows: Any, keys: Collection[str]) -> Any:
    """The rows of some set-ups; of many, those of their models."""
    names = [dict(zip(SET_UP, key.split(SEPARATOR), strict=True)) for key in keys]
    if len(names) > FEW:
        return rows.filter(model_slug__in={name["model_slug"] for name in names})
    return rows.of_set_ups(names)


def touched_set_ups(label: str, uids: Collection[UUID]) -> Iterable[str]:
    if label not in LOOKUPS:
        return ()
    rows = Benchmark.objects.filter(**{f"{LOOKUPS[label]}__in": list(uids)})
    return map(key_of, rows.order_by().values(*SET_UP).distinct())


def build_set_ups(scopes: Collection[str] | None) -> Iterator[Findable]:
    """One entry for each set-up of public rows, however often it was measured."""
    rows = Benchmark.objects.public().as_set_ups()
    if scopes is not None:
        rows = _among(rows, scopes)
    alike = defaultdict(list)
    for row in rows.iterator():
        key = key_of(row)
        if scopes is None or key in scopes:
            alike[key].append(row)
    for key, rows_of_one in alike.items():
        yield _findable(key, rows_of_one)


def _findable(key: str, rows: list[dict[str, Any]]) -> Findable:
    """The names come from the row whose links lead furthest."""
    row = max(rows, key=_links)
    number = sum(row["measurements"] for row in rows)
    is_doubtful = not any(row["trusted"] for row in rows)
    note = ", doubtful" if is_doubtful else ""
    engine = row["engine__name"] or row["engine_name"]
    hardware = _short(row["hardware__name"], row["hardware__vendor__name"])
    hardware = hardware or row["hardware_name"]
    what = f"{row['model_name']} {row['quantization']}".strip()
    newest = max((row["newest"] for row in rows if row["newest"]), default=None)
    return Findable(
        key=key,
        scope=key,
        title=f"{what} on {hardware} · {engine}",
        url=f"{LIST_URL}?{urlencode(_parameters(row, is_doubtful))}",
        summary=f"{number} measurement{'s' if number > 1 else ''}{note}",
        text=" ".join([*key.split(SEPARATOR), row["hardware__name"] or ""]),
        year=newest.year if newest else 0,
    )


def _links(row: dict[str, Any]) -> int:
    slugs = ("engine__slug", "hardware__slug", "ai_model__slug")
    return sum(row[name] is not None for name in slugs)


def _short(name: str | None, vendor: str | None) -> str:
    """A card without its maker's name: "GeForce RTX 4090"."""
    return (name or "").removeprefix(f"{vendor} ")


def _parameters(row: dict[str, Any], is_doubtful: bool) -> list[tuple[str, str]]:
    """The filter of the list page that shows these rows, however old they are. What has
    no link is searched by its name."""
    found = []
    unlinked = []
    for parameter, slug, name in (
        ("model", "ai_model__slug", "model_name"),
        ("hardware", "hardware__slug", "hardware_name"),
        ("engine", "engine__slug", "engine_name"),
    ):
        if row[slug]:
            found.append((parameter, row[slug]))
        else:
            unlinked.append(row[name])
    if row["quantization"]:
        found.append(("quantization", row["quantization"]))
    if unlinked:
        found.append(("q", " ".join(unlinked)))
    found.append(("old", "yes"))
    return [*found, ("doubtful", "yes")] if is_doubtful else found


SET_UPS = SearchSource(
    kind="setup",
    label="Measured set-ups",
    one="Measured set-up",
    order=60,
    build=build_set_ups,
    touched=touched_set_ups,
    list_url=LIST_URL,
)
