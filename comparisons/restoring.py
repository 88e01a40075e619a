"""Frozen comparisons and verdicts back into the working tables."""

from typing import Any
from uuid import UUID

from catalog.models import AIModel, Engine, FailureMode, Hardware
from comparisons.models import Comparison, PointGroup, Verdict
from editorial.freezing import Body
from editorial.models import Source
from editorial.restoring import (
    restore_children,
    restore_head,
    restore_sources,
    set_sources,
)
from editorial.vocabularies import Direction

FACT_FIELDS = {
    "engine": ("engine", Engine),
    "hardware": ("hardware", Hardware),
    "model": ("ai_model", AIModel),
}
DIRECTIONS = {str(direction.label): direction.value for direction in Direction}


class UnknownFactError(ValueError):
    """The document speaks of a fact that this catalogue lacks."""


def _fact_values(fact: Body | None) -> dict[str, Any]:
    """One of the three foreign keys set, the others None."""
    values: dict[str, Any] = dict.fromkeys(("engine", "hardware", "ai_model"))
    if fact is not None:
        field, model = FACT_FIELDS[fact["type"]]
        row = model.objects.filter(uid=UUID(fact["uid"])).first()
        if row is None:
            raise UnknownFactError(
                f"The catalogue has no {fact['type']} “{fact['slug']}”."
            )
        values[field] = row
    return values


def restore_comparison(comparison: Comparison, body: Body) -> None:
    """Write `body` over the working copy. Raises UnknownFactError."""
    restore_head(
        comparison, body, "subject", "thesis", "measured_note", "measured_command"
    )
    for field in ("answer", "verdict", "what_would_change"):
        setattr(comparison, field, body[field]["source"])
    comparison.save()
    sources = restore_sources(body)
    for field in ("answer_sources", "verdict_sources"):
        set_sources(comparison, body[field], sources, field)
    sides = _restore_sides(comparison, body)
    _restore_rules(comparison, body, sides, sources)
    _restore_dimensions(comparison, body, sides, sources)
    _restore_failure_modes(comparison, body, sides, sources)
    restore_children(
        comparison.related,
        body["related"],
        lambda row: {"label": row["label"], "path": row["path"]},
    )


def _restore_sides(comparison: Comparison, body: Body) -> dict[str | None, Any]:
    def values(row: Body) -> dict[str, Any]:
        facts = _fact_values(row["fact"])
        named = next((fact.name for fact in facts.values() if fact), "")
        return facts | {
            "name": "" if row["name"] == named else row["name"],
            "one_liner": row["one_liner"],
            "provenance": row["provenance"],
            "choose_if": "\n".join(row["choose_if"]),
        }

    return restore_children(comparison.sides, body["sides"], values) | {None: None}


def _restore_rules(
    comparison: Comparison,
    body: Body,
    sides: dict[str | None, Any],
    sources: dict[int, Source],
) -> None:
    def values(row: Body) -> dict[str, Any]:
        return {
            "situation": row["situation"],
            "choice": sides[row["choice"]],
            "reason": row["reason"],
        }

    rules = restore_children(comparison.rules, body["rules"], values)
    for row in body["rules"]:
        set_sources(rules[row["uid"]], row["sources"], sources)


def _restore_dimensions(
    comparison: Comparison,
    body: Body,
    sides: dict[str | None, Any],
    sources: dict[int, Source],
) -> None:
    def dimension_values(row: Body) -> dict[str, Any]:
        return {
            "label": row["label"],
            "gloss": row["gloss"],
            "direction": DIRECTIONS[row["direction"]],
            "edge": sides[row["edge"]],
            "edge_note": row["edge_note"],
        }

    def rating_values(row: Body) -> dict[str, Any]:
        return {
            "side": sides[row["side"]],
            "value": row["rating"],
            "reason": row["reason"],
            "version": row["version"],
            "observed_on": row["observed_on"],
        }

    rows = body["dimensions"]
    dimensions = restore_children(comparison.dimensions, rows, dimension_values)
    for row in rows:
        relation = dimensions[row["uid"]].ratings
        ratings = restore_children(relation, row["ratings"], rating_values)
        for rating in row["ratings"]:
            set_sources(ratings[rating["uid"]], rating["sources"], sources)


def _restore_failure_modes(
    comparison: Comparison,
    body: Body,
    sides: dict[str | None, Any],
    sources: dict[int, Source],
) -> None:
    rows = body["failure_modes"]
    wanted = [row["fact"] for row in rows if row["fact"]]
    facts = {str(fact.uid): fact for fact in FailureMode.objects.filter(uid__in=wanted)}

    def values(row: Body) -> dict[str, Any]:
        plain = ("severity", "title", "trigger", "symptom", "mitigation")
        return {name: row[name] for name in plain} | {
            "side": sides[row["side"]],
            "fact": facts.get(row["fact"]),
        }

    modes = restore_children(comparison.failure_modes, rows, values)
    for row in rows:
        set_sources(modes[row["uid"]], row["sources"], sources)


def restore_verdict(verdict: Verdict, body: Body) -> None:
    """Write `body` over the working copy. Raises UnknownFactError."""
    restore_head(verdict, body)
    for field, value in _fact_values(body["subject"]).items():
        setattr(verdict, field, value)
    verdict.summary = body["summary"]["source"]
    verdict.what_would_change = body["what_would_change"]["source"]
    verdict.save()
    sources = restore_sources(body)
    set_sources(verdict, body["summary_sources"], sources, "summary_sources")
    rows = [row | {"group": group.value} for group in PointGroup for row in body[group]]
    points = restore_children(
        verdict.points, rows, lambda row: {"group": row["group"], "text": row["text"]}
    )
    for row in rows:
        set_sources(points[row["uid"]], row["sources"], sources)
