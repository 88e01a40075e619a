"""Frozen documents as the pages that readers see. The preview calls the same code."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from benchmarks.matching import MeasuredBar, MeasuredGroup, measured_side_by_side
from catalog.cards import CARDS, FactCard
from comparisons.addresses import SUBJECT_FOLDERS
from comparisons.forms import ComparisonOptions
from comparisons.matrix import RowGroup, Side, matrix_rows, sides_of
from comparisons.models import Subject
from comparisons.structured import comparison_json_ld
from comparisons.tally import rule_lines, tally
from editorial.freezing import Body
from editorial.pins import pinned_facts, resolve_pins, with_moved_pins
from editorial.reading import Page, PageMeta
from editorial.reports.claim_pages import short
from editorial.vocabularies import Severity

KICKERS = {
    Subject.ENGINE: "Engine vs engine",
    Subject.HARDWARE: "Hardware vs hardware",
    Subject.MODEL: "Model vs model",
    Subject.DEPLOYMENT: "Ways to deploy",
}
Measured = tuple[MeasuredGroup, list[tuple[str, MeasuredBar]]]
COUNT_WORDS = {0: "no", 1: "one", 2: "two", 3: "three", 4: "four"}


@dataclass(frozen=True)
class PieceKey:
    """Under which key drawn pieces of a page may be kept, and for how long.

    A published version never changes, so what only it decides is drawn once in a
    process. What else a piece shows joins the key where it is drawn, in the template.
    A draft, which has no digest, is drawn every time.
    """

    text: str
    seconds: int | None

    @classmethod
    def of(cls, meta: PageMeta) -> "PieceKey":
        parts = (meta.document_uid, meta.version, meta.digest, meta.published_at)
        return cls(" ".join(map(str, parts)), seconds=None if meta.digest else 0)


@dataclass(frozen=True)
class SideFailures:
    """What breaks first on one side, worst first."""

    side: Side
    modes: list[Body]


def _texts(body: Body, *fields: str) -> dict[str, str]:
    """The HTML of each text, saying so where a quoted number has moved."""
    facts = resolve_pins(pinned_facts(body[field] for field in fields))
    return {
        f"{field}_html": with_moved_pins(
            body[field], facts, verified_on=body["verified_on"]
        )
        for field in fields
    }


def _cards(body: Body) -> dict[str, FactCard]:
    """The live facts behind the sides, by the side's uid."""
    wanted: dict[str, dict[UUID, str]] = {}
    for side in body["sides"]:
        if side["fact"]:
            uid = UUID(side["fact"]["uid"])
            wanted.setdefault(side["fact"]["type"], {})[uid] = side["uid"]
    return {
        side_uid: cards[uid]
        for type_name, uids in wanted.items()
        for cards in [CARDS[type_name](uids)]
        for uid, side_uid in uids.items()
        if uid in cards
    }


def lettered_measurements(subject: str, letters: dict[UUID, str]) -> list[Measured]:
    """Equal set-ups that were measured, each bar with the letter of its side."""
    return [
        (group, [(letters[bar.side_uid], bar) for bar in group.bars])
        for group in measured_side_by_side(subject, list(letters))
    ]


def _measured(body: Body) -> list[Measured]:
    if body["subject"] == Subject.DEPLOYMENT:
        return []
    letters = {
        UUID(side.fact["uid"]): side.letter for side in sides_of(body) if side.fact
    }
    return lettered_measurements(body["subject"], letters)


def _crumbs(body: Body) -> list[tuple[str, str]]:
    crumbs = [("Home", "/"), ("Compare", "/compare/")]
    if folder := SUBJECT_FOLDERS.get(body["subject"]):
        crumbs.append((Subject(body["subject"]).label, f"/compare/{folder}/"))
    return crumbs


def _contents(body: Body, side_count: int) -> list[tuple[str, str]]:
    folder = SUBJECT_FOLDERS.get(body["subject"], "ways")
    return [
        ("answer", "The answer"),
        ("sides", f"The {COUNT_WORDS[side_count]} {folder}"),
        ("rules", "Decision rules"),
        ("matrix", "Operational matrix"),
        ("measured", "Measured"),
        ("failures", "What breaks first"),
        ("verdict", "Verdict"),
        ("sources", "Sources"),
        ("changes", "Change log"),
        ("related", "Continue comparing"),
    ]


def embed_snippet(page: Page) -> str:
    """HTML that shows the matrix on another site."""
    address = f"{settings.SITE_URL}{page.meta.path}"
    title = escape(page.body["title"])
    return (
        f'<iframe src="{address}embed/" title="{title}: operational matrix" '
        'width="100%" height="900" loading="lazy"></iframe>\n'
        f'<p><a href="{address}">{title} at {escape(settings.SITE_NAME)}</a></p>'
    )


def _failures(body: Body, sides: Iterable[Side]) -> list[SideFailures]:
    modes = [
        mode
        | {
            "severity_label": Severity(mode["severity"]).label,
            "place": f"failure-{short(mode['uid'])}",
        }
        for mode in body["failure_modes"]
    ]
    return [
        SideFailures(side, [mode for mode in modes if mode["side"] == side.uid])
        for side in sides
    ]


def comparison_context(page: Page, options: ComparisonOptions) -> dict[str, Any]:
    """Everything the page of a comparison shows.

    Four statements for any number of sides, and one or two more for each kind of
    fact that its texts quote.
    """
    body = page.body
    sides = sides_of(body)
    cards = _cards(body)
    rules = rule_lines(body, options.ticked)
    rows = matrix_rows(body)
    shown = [row for row in rows if row.is_different or not options.differences]
    return {
        "page": page,
        "piece": PieceKey.of(page.meta),
        "doc": body,
        "meta": page.meta,
        "folder": SUBJECT_FOLDERS.get(body["subject"], ""),
        "subject_label": Subject(body["subject"]).label,
        "sides": [(side, cards.get(side.uid)) for side in sides],
        "rules": rules,
        "tally": tally(body, rules),
        "rows": shown,
        "groups": [RowGroup(shown)],
        "row_count": len(rows),
        "only_differences": options.differences,
        "measured": _measured(body),
        "kicker": KICKERS[Subject(body["subject"])],
        "side_count": COUNT_WORDS[len(sides)],
        "crumbs": _crumbs(body),
        "contents": _contents(body, len(sides)),
        "history_path": f"{page.meta.path}history/",
        "embed_snippet": embed_snippet(page),
        "failures": _failures(body, sides),
        **_texts(body, "answer", "verdict", "what_would_change"),
        "json_ld": comparison_json_ld(page),
        "page_path": page.meta.path,
        "canonical_url": f"{settings.SITE_URL}{page.meta.path}",
    }


def render_comparison(request: HttpRequest, page: Page) -> HttpResponse:
    options = ComparisonOptions.of(request.GET)
    context = comparison_context(page, options)
    return render(request, "comparisons/comparison_detail.html", context)


def verdict_context(page: Page) -> dict[str, Any]:
    """What the verdict's section shows on the page of its subject."""
    return {
        "doc": page.body,
        "meta": page.meta,
        "points": [
            (label, page.body[group])
            for group, label in (
                ("strengths", "Strengths"),
                ("limits", "Limits"),
                ("for_whom", "For whom"),
                ("not_for", "Not for whom"),
            )
        ],
        **_texts(page.body, "summary", "what_would_change"),
    }


def render_verdict(request: HttpRequest, page: Page) -> HttpResponse:
    """A verdict by itself: its readers meet it on the page of its subject."""
    context = verdict_context(page) | {
        "canonical_url": f"{settings.SITE_URL}{page.meta.path}"
    }
    return render(request, "comparisons/verdict_preview.html", context)
