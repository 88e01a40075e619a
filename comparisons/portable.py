"""Documents as files that people write and read: frozen bodies without the machinery.

A portable document names sides, sources and facts by short keys instead of uids.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from catalog.models import FailureMode
from comparisons.freezing import COMPARISON_SCHEMA, VERDICT_SCHEMA
from comparisons.models import Comparison, PointGroup, Verdict
from editorial.content import ContentError
from editorial.freezing import Body
from editorial.models import EDITORIAL_DESK
from editorial.portable import SourceKeys, child_uid, document_uid, frozen_fact
from editorial.richtext import rich
from editorial.vocabularies import SEVERITY_ORDER


def _head(data: Mapping[str, Any], schema: int) -> Body:
    model = {"comparison": Comparison, "verdict": Verdict}[data["kind"]]
    document = model(verified_on=data["verified_on"])
    return {
        "kind": data["kind"],
        "schema": schema,
        "uid": str(document_uid(data)),
        "slug": data["slug"],
        "title": data["title"],
        "description": data["description"],
        "author_name": data.get("author_name", EDITORIAL_DESK),
        "verified_on": str(data["verified_on"]),
        "review_due_on": str(document.review_due_on),
    }


def comparison_from_portable(data: Mapping[str, Any]) -> Body:
    """The body that freezing a comparison written from `data` gives."""
    uid = document_uid(data)
    sources = SourceKeys(data["sources"])
    sides = [_side(uid, row) for row in data["sides"]]
    side_uids = {
        row["key"]: side["uid"] for row, side in zip(data["sides"], sides, strict=True)
    }
    side_uids |= {None: None}
    answer_sources = sources.numbers(data["answer"].get("sources"))
    rules = [_rule(uid, row, side_uids, sources) for row in data["rules"]]
    rows = [_dimension(uid, row, side_uids, sources) for row in data["dimensions"]]
    modes = sorted(data["failure_modes"], key=lambda m: SEVERITY_ORDER[m["severity"]])
    failure_modes = [_failure_mode(uid, row, side_uids, sources) for row in modes]
    return _head(data, COMPARISON_SCHEMA) | {
        "subject": data["subject"],
        "thesis": data["thesis"],
        "answer": rich(data["answer"]["text"]),
        "answer_sources": answer_sources,
        "sides": sides,
        "rules": rules,
        "dimensions": rows,
        "failure_modes": failure_modes,
        "verdict": rich(data["verdict"]["text"]),
        "verdict_sources": sources.numbers(data["verdict"].get("sources")),
        "what_would_change": rich(data["what_would_change"]),
        "measured_note": data.get("measured_note", "").strip(),
        "measured_command": data.get("measured_command", "").strip(),
        "related": [
            row | {"uid": child_uid(uid, "related", row, row["path"])}
            for row in data.get("related", [])
        ],
        "sources": sources.frozen(),
    }


def _side(parent: UUID, row: Mapping[str, Any]) -> Body:
    fact = frozen_fact(row.get("fact"))
    return {
        "uid": child_uid(parent, "side", row, row["key"]),
        "key": fact["slug"] if fact else row["key"],
        "name": row["name"],
        "one_liner": row["one_liner"],
        "provenance": row["provenance"],
        "fact": fact,
        "choose_if": list(row["choose_if"]),
    }


def _known_side(side_uids: Mapping[Any, Any], key: str | None) -> str | None:
    if key not in side_uids:
        raise ContentError(f"no side has the key “{key}”")
    return side_uids[key]


def _rule(
    parent: UUID, row: Mapping[str, Any], side_uids: Mapping, sources: SourceKeys
) -> Body:
    return {
        "uid": child_uid(parent, "rule", row, row["situation"]),
        "situation": row["situation"],
        "choice": _known_side(side_uids, row["choice"]),
        "reason": row["reason"],
        "sources": sources.numbers(row.get("sources")),
    }


def _dimension(
    parent: UUID, row: Mapping[str, Any], side_uids: Mapping, sources: SourceKeys
) -> Body:
    uid = child_uid(parent, "dimension", row, row["label"])
    return {
        "uid": uid,
        "label": row["label"],
        "gloss": row.get("gloss", ""),
        "direction": row["direction"],
        "edge": _known_side(side_uids, row.get("edge")),
        "edge_note": row.get("edge_note") or "",
        "ratings": [
            {
                "uid": str(uuid5(UUID(uid), key)),
                "side": side_uid,
                "rating": rating["rating"],
                "reason": rating["reason"],
                "version": str(rating.get("version") or ""),
                "observed_on": str(rating.get("observed_on") or ""),
                "sources": sources.numbers(rating.get("sources")),
            }
            for key, side_uid in side_uids.items()
            if key is not None and (rating := row["ratings"].get(key)) is not None
        ],
    }


def _failure_mode(
    parent: UUID, row: Mapping[str, Any], side_uids: Mapping, sources: SourceKeys
) -> Body:
    text = f"{row['side']}/{row['title']}"
    plain = ("severity", "title", "trigger", "symptom", "mitigation")
    return {
        "uid": child_uid(parent, "failure-mode", row, text),
        "side": _known_side(side_uids, row["side"]),
        **{name: row[name] for name in plain},
        "fact": _failure_mode_uid(row.get("fact")),
        "sources": sources.numbers(row.get("sources")),
    }


def _failure_mode_uid(reference: str | None) -> str | None:
    """`vllm: Title of the fact` as a uid. Raises ContentError for an unknown one."""
    if not reference:
        return None
    slug, _, title = reference.partition(":")
    found = FailureMode.objects.filter(
        engine__slug=slug.strip(), title=title.strip()
    ).first()
    if found is None:
        raise ContentError(f"the catalogue has no failure mode “{reference}”")
    return str(found.uid)


def verdict_from_portable(data: Mapping[str, Any]) -> Body:
    """The body that freezing a verdict written from `data` gives."""
    uid = document_uid(data)
    sources = SourceKeys(data["sources"])
    summary_sources = sources.numbers(data["summary"].get("sources"))
    groups = {
        group.value: [
            {
                "uid": child_uid(uid, group.value, row, row["text"]),
                "text": row["text"],
                "sources": sources.numbers(row.get("sources")),
            }
            for row in data[group.value]
        ]
        for group in PointGroup
    }
    return (
        _head(data, VERDICT_SCHEMA)
        | {
            "subject": frozen_fact(data["subject"]),
            "summary": rich(data["summary"]["text"]),
            "summary_sources": summary_sources,
            "what_would_change": rich(data["what_would_change"]),
        }
        | groups
        | {"sources": sources.frozen()}
    )
