"""The history tables of a fact and its parts, read in one statement."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Model, Value
from django.db.models.functions import JSONObject

from catalog.changes import Change, Kind, Proof, Version, author, changes
from catalog.measures import gib, grouped, known_date
from editorial.models import Citation

MOST_VERSIONS = 500
"""Versions read for a fact's own page; what is older than these is not told there."""

CHANGES_SHOWN = 20
"""Entries on a fact's own page; its page of changes has them all."""

UNSEEN = {"id", "uid", "marks", "imported", "source", "slug"}
COLUMNS = ("of_model", "history_id", "id", "uid", "history_date", "history_type")
PLAIN = {"default_port"}
"""Numbers that are names: nobody groups their digits."""

LABELS = {
    "memory_bytes": "memory",
    "notes": "how the figures were read",
    "quantization": "quantisation",
    "backend": "back end",
    "is_doubtful": "doubtful",
}
BY = ("history_user_id", "history_change_reason")


def untitled(values: Mapping[str, Any]) -> str:
    """The fact itself needs no name on its own page."""
    return ""


@dataclass(frozen=True)
class Part:
    """Rows that belong to a fact and are told with it.

    `owner` is their foreign key to it, empty for the fact itself; `title` makes a
    row's name of its values. What is `hidden` from readers stays hidden here.
    """

    model: type[Model]
    owner: str = ""
    title: Callable[[Mapping[str, Any]], str] = untitled
    name: str = ""
    hidden: tuple[str, ...] = ()

    @property
    def history_label(self) -> str:
        """The model of its history table, for the login of the public pages."""
        history: Any = self.model
        return str(history.history.model._meta.label)


def change_log(
    fact: Any,
    parts: Sequence[Part],
    *,
    citations: Iterable[Citation] = (),
    most: int = MOST_VERSIONS,
) -> list[Change]:
    """Every change of `fact` and its rows that readers see, the newest first.

    `parts` begin with the fact's own model. Two statements: the versions, and the
    citations of the parts that changed. `citations` are those of the fact, which its
    page has already.
    """
    versions = versions_of(fact, parts, most)
    changed = {row.uid for row in versions if row.type == "~"} - {fact.uid}
    cited = list(citations) + list(cited_by(changed) if changed else ())
    return changes(versions, proofs(cited))


def change_section(
    fact: Any, parts: Sequence[Part], citations: Iterable[Citation]
) -> dict[str, Any]:
    """What the page of a fact tells of its changes, and where to read them all.

    `catalog.change_views.change_urls` serves both addresses below the fact's own.
    """
    log = change_log(fact, parts, citations=citations)
    return {
        "changes": log[:CHANGES_SHOWN],
        "change_count": len(log),
        "changes_path": f"{fact.get_absolute_url()}changes/",
        "feed_path": f"{fact.get_absolute_url()}changes.atom",
    }


def cited_by(uids: Iterable[UUID]) -> Any:
    """The citations of single fields of some rows."""
    rows = Citation.objects.filter(subject_uid__in=list(uids)).exclude(field="")
    return rows.select_related("source")


def proofs(citations: Iterable[Citation]) -> dict[tuple[UUID, str], list[Proof]]:
    """Citations by row and field, the newest first."""
    found: dict[tuple[UUID, str], list[Proof]] = defaultdict(list)
    for row in sorted(citations, key=lambda row: row.pk, reverse=True):
        title = row.source.title or row.source.host
        proof = Proof(row.source.url, title, row.retrieved_on)
        found[row.subject_uid, row.field].append(proof)
    return dict(found)


def versions_of(fact: Any, parts: Sequence[Part], most: int) -> list[Version]:
    """The `most` newest versions of a fact and its parts, in one statement."""
    tracked = {part.model._meta.label: part for part in parts}
    first, *rest = (
        _rows(part, {part.owner or "id": fact.pk}) for part in tracked.values()
    )
    rows = first.union(*rest, all=True) if rest else first
    newest = rows.order_by("-history_date", "-history_id")[:most]
    return [_version(tracked[row["of_model"]], row) for row in newest]


def _rows(part: Part, owned: dict[str, Any]) -> Any:
    model: Any = part.model
    history = model.history.model._default_manager
    source = {"url": F("source__url"), "title": F("source__title")}
    return (
        history.filter(**owned)
        .order_by()
        .annotate(
            of_model=Value(part.model._meta.label, output_field=CharField()),
            payload=JSONObject(**_columns(part), source=JSONObject(**source)),
        )
        .values(*COLUMNS, *BY, "payload")
    )


def _columns(part: Part) -> dict[str, str]:
    """What a version's payload holds: each column, a foreign key by its name."""
    return {name: f"{name}__name" if is_key else name for name, is_key in _fields(part)}


@cache
def _fields(part: Part) -> tuple[tuple[str, bool], ...]:
    """The fields that readers see, and whether each is a foreign key."""
    unseen = UNSEEN | {part.owner, *part.hidden}
    return tuple(
        (field.name, field.is_relation)
        for field in part.model._meta.concrete_fields
        if field.name not in unseen
    )


def _version(part: Part, row: dict[str, Any]) -> Version:
    payload = row["payload"]
    source = payload.pop("source")
    return Version(
        kind=kind_of(part),
        id=row["history_id"],
        row=row["id"],
        uid=row["uid"],
        at=row["history_date"],
        type=row["history_type"],
        by=author(row["history_user_id"], row["history_change_reason"]),
        values={
            name: _python(part.model, name, value) for name, value in payload.items()
        },
        source_url=source["url"] or "",
        source_title=source["title"] or source["url"] or "",
    )


def _python(model: type[Model], name: str, value: Any) -> Any:
    field: Any = model._meta.get_field(name)
    return value if field.is_relation else field.to_python(value)


@cache
def kind_of(part: Part) -> Kind:
    """How the versions of a part are named and read."""
    options = part.model._meta
    name = part.name or str(options.verbose_name)
    return Kind(
        name=name,
        plural=f"{name}s" if part.name else str(options.verbose_name_plural),
        title=part.title,
        shown={
            name: (_label(part.model, name), _reader(part.model, name))
            for name, _ in _fields(part)
            if not name.endswith("_precision")
        },
        is_part=bool(part.owner),
    )


def _label(model: type[Model], name: str) -> str:
    return LABELS.get(name) or str(model._meta.get_field(name).verbose_name)


def _reader(model: type[Model], name: str) -> Callable[[Mapping[str, Any]], str]:
    field: Any = model._meta.get_field(name)
    words = dict(field.flatchoices)

    def read(values: Mapping[str, Any]) -> str:
        value = values.get(name)
        if value is None or value == "":
            return ""
        if name == "memory_bytes":
            return f"{gib(value)} GB"
        if isinstance(value, datetime.date):
            return known_date(value, values.get(f"{name}_precision", "day"))
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, Decimal | int) and name not in PLAIN:
            return grouped(value)
        return str(words.get(value, value))

    return read
