"""A comparison and a verdict as one frozen document each."""

from typing import Any

from django.utils.text import slugify

from comparisons.models import (
    Comparison,
    ComparisonSide,
    DecisionRule,
    Dimension,
    PointGroup,
    SideFailureMode,
    Verdict,
)
from editorial.freezing import Body, SourceNumbering
from editorial.models import EDITORIAL_DESK, Document
from editorial.richtext import rich
from editorial.vocabularies import SEVERITY_ORDER, Direction

COMPARISON_SCHEMA = 1
VERDICT_SCHEMA = 1


def _head(document: Document, schema: int) -> Body:
    verified_on, due_on = document.verified_on, document.review_due_on
    return {
        "kind": document.kind,
        "schema": schema,
        "uid": str(document.uid),
        "slug": document.slug,
        "title": document.title,
        "description": document.description,
        "author_name": document.author_name or EDITORIAL_DESK,
        "verified_on": verified_on.isoformat() if verified_on else "",
        "review_due_on": due_on.isoformat() if due_on else "",
    }


def _fact(document: ComparisonSide | Verdict) -> Body | None:
    for type_name, fact in (
        ("engine", document.engine),
        ("hardware", document.hardware),
        ("model", document.ai_model),
    ):
        if fact is not None:
            return {"type": type_name, "uid": str(fact.uid), "slug": fact.slug}
    return None


def side_key(side: ComparisonSide) -> str:
    """The side's part of the address: its fact's slug, or its name made into one."""
    return side.fact.slug if side.fact else slugify(side.name)


def freeze_comparison(comparison: Comparison) -> Body:
    """The whole comparison as JSON; incomplete drafts freeze too."""
    comparison = Comparison.objects.complete().get(pk=comparison.pk)
    sides = list(comparison.sides.all())
    sources = SourceNumbering()
    numbers = sources.numbers
    side_uids = {side.pk: str(side.uid) for side in sides}
    body = _head(comparison, COMPARISON_SCHEMA) | {
        "subject": comparison.subject,
        "thesis": comparison.thesis,
        "answer": rich(comparison.answer),
        "answer_sources": numbers(comparison.answer_sources.all()),
        "sides": [_side(side) for side in sides],
        "rules": [_rule(row, side_uids, sources) for row in comparison.rules.all()],
        "dimensions": [
            _dimension(row, side_uids, sources) for row in comparison.dimensions.all()
        ],
        "failure_modes": _failure_modes(comparison, side_uids, sources),
        "verdict": rich(comparison.verdict),
        "verdict_sources": numbers(comparison.verdict_sources.all()),
        "what_would_change": rich(comparison.what_would_change),
        "measured_note": _plain(comparison.measured_note),
        "measured_command": _plain(comparison.measured_command),
        "related": [
            {"uid": str(page.uid), "label": page.label, "path": page.path}
            for page in comparison.related.all()
        ],
    }
    return body | {"sources": sources.frozen()}


def _side(side: ComparisonSide) -> Body:
    return {
        "uid": str(side.uid),
        "key": side_key(side),
        "name": side.display_name,
        "one_liner": side.one_liner,
        "provenance": side.provenance,
        "fact": _fact(side),
        "choose_if": _lines(side.choose_if),
    }


def _plain(text: str) -> str:
    """Without the line ends of a browser, which would look like an edit."""
    return text.replace("\r\n", "\n")


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _rule(
    rule: DecisionRule, side_uids: dict[int, str], sources: SourceNumbering
) -> Body:
    return {
        "uid": str(rule.uid),
        "situation": rule.situation,
        "choice": side_uids.get(rule.choice_id),
        "reason": rule.reason,
        "sources": sources.numbers(rule.sources.all()),
    }


def _dimension(
    dimension: Dimension, side_uids: dict[int, str], sources: SourceNumbering
) -> Body:
    order = list(side_uids)
    ratings = sorted(
        dimension.ratings.all(), key=lambda rating: order.index(rating.side_id)
    )
    return {
        "uid": str(dimension.uid),
        "label": dimension.label,
        "gloss": dimension.gloss,
        "direction": Direction(dimension.direction).label,
        "edge": side_uids.get(dimension.edge_id),
        "edge_note": dimension.edge_note,
        "ratings": [
            {
                "uid": str(rating.uid),
                "side": side_uids[rating.side_id],
                "rating": rating.value,
                "reason": rating.reason,
                "version": rating.version,
                "observed_on": rating.observed_on,
                "sources": sources.numbers(rating.sources.all()),
            }
            for rating in ratings
        ],
    }


def _failure_modes(
    comparison: Comparison, side_uids: dict[int, str], sources: SourceNumbering
) -> list[Body]:
    """Worst first, then in the editor's order."""
    modes: list[SideFailureMode] = sorted(
        comparison.failure_modes.all(), key=lambda mode: SEVERITY_ORDER[mode.severity]
    )
    return [
        {
            "uid": str(mode.uid),
            "side": side_uids[mode.side_id],
            "severity": mode.severity,
            "title": mode.title,
            "trigger": mode.trigger,
            "symptom": mode.symptom,
            "mitigation": mode.mitigation,
            "fact": str(mode.fact.uid) if mode.fact else None,
            "sources": sources.numbers(mode.sources.all()),
        }
        for mode in modes
    ]


def freeze_verdict(verdict: Verdict) -> Body:
    """The whole verdict as JSON; incomplete drafts freeze too."""
    verdict = Verdict.objects.complete().get(pk=verdict.pk)
    sources = SourceNumbering()
    summary_numbers = sources.numbers(verdict.summary_sources.all())
    points = list(verdict.points.all())
    groups: dict[str, Any] = {
        group.value: [
            {
                "uid": str(point.uid),
                "text": point.text,
                "sources": sources.numbers(point.sources.all()),
            }
            for point in points
            if point.group == group
        ]
        for group in PointGroup
    }
    return (
        _head(verdict, VERDICT_SCHEMA)
        | {
            "subject": _fact(verdict),
            "summary": rich(verdict.summary),
            "summary_sources": summary_numbers,
            "what_would_change": rich(verdict.what_would_change),
        }
        | groups
        | {"sources": sources.frozen()}
    )
