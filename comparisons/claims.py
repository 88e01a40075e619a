"""What comparisons and verdicts claim, piece by piece, for readers who report one."""

import re

from comparisons.addresses import SUBJECT_FOLDERS
from comparisons.choosing import choose
from comparisons.forms import SidesForm
from comparisons.matrix import MatrixRow, matrix_rows, sides_of
from editorial.freezing import Body
from editorial.reading import Page, live_page
from editorial.reports.claim_pages import (
    Claim,
    ClaimPage,
    joined,
    plain_text,
    register_claim_page,
    short,
)

POINT_LABELS = {
    "strengths": "Strength",
    "limits": "Limit",
    "for_whom": "For whom",
    "not_for": "Not for whom",
}
SUBJECTS = {folder: subject for subject, folder in SUBJECT_FOLDERS.items()}
GENERATED = re.compile(r"/compare/(engines|hardware|models)/([^/]+)/")
PUBLISHED = re.compile(r"/(?:compare|tools|hardware|models)/.+")


def comparison_claims(body: Body) -> list[Claim]:
    """In the order of the page."""
    names = {side.uid: side.name for side in sides_of(body)}
    return [
        Claim("answer", "The answer", plain_text(body["answer"]["html"]), "answer"),
        *(_choose_if(side) for side in body["sides"]),
        *(_rule(rule, names) for rule in body["rules"]),
        *(claim for row in matrix_rows(body) for claim in _ratings(row)),
        *(_failure(mode, names) for mode in body["failure_modes"]),
        Claim("verdict", "Verdict", plain_text(body["verdict"]["html"]), "verdict"),
        Claim(
            "change-of-mind",
            "What would change our mind",
            plain_text(body["what_would_change"]["html"]),
            "verdict",
        ),
    ]


def _choose_if(side: Body) -> Claim:
    text = joined(side["one_liner"], *side["choose_if"])
    return Claim(
        f"side-{short(side['uid'])}", f"Choose {side['name']} if", text, "sides"
    )


def _rule(rule: Body, names: dict[str, str]) -> Claim:
    choice = names.get(rule["choice"] or "", "either side")
    text = joined(rule["situation"], f"Choose {choice}", rule["reason"])
    return Claim(f"rule-{short(rule['uid'])}", "Decision rule", text, "rules")


def _ratings(row: MatrixRow) -> list[Claim]:
    """A claim for each side of a row."""
    return [
        Claim(
            place=f"{row.place}-{cell.side.key}",
            label=f"{row.label}, {cell.side.name}",
            text=joined(cell.word, cell.reason, cell.version),
            section="matrix",
            row=row.place,
            row_label=row.label,
        )
        for cell in row.cells
        if cell.rating
    ]


def _failure(mode: Body, names: dict[str, str]) -> Claim:
    label = f"What breaks first, {names[mode['side']]}"
    parts = (mode[key] for key in ("title", "trigger", "symptom", "mitigation"))
    place = f"failure-{short(mode['uid'])}"
    return Claim(place, label, joined(*parts), "failures")


def verdict_claims(body: Body) -> list[Claim]:
    points = [
        Claim(f"point-{short(point['uid'])}", label, point["text"], "verdict")
        for group, label in POINT_LABELS.items()
        for point in body[group]
    ]
    change = plain_text(body["what_would_change"]["html"])
    return [
        Claim("verdict", "Verdict", plain_text(body["summary"]["html"]), "verdict"),
        *points,
        Claim("change-of-mind", "What would change our mind", change, "verdict"),
    ]


CLAIMS = {"comparison": comparison_claims, "verdict": verdict_claims}


def published_claims(path: str) -> ClaimPage | None:
    """The comparison at an address, or the verdict that stands on a fact's page."""
    page = live_page(path) if PUBLISHED.fullmatch(path) else None
    if page is None or page.kind.name not in CLAIMS:
        return None
    return ClaimPage(
        path=path,
        title=page.body["title"],
        kind=page.kind.name,
        uid=page.meta.document_uid,
        version=page.meta.version,
        text_digest=page.meta.digest,
        changes_path=_changes_path(page),
        claims=CLAIMS[page.kind.name](page.body),
    )


def _changes_path(page: Page) -> str:
    is_comparison = page.kind.name == "comparison"
    return f"{page.meta.path}history/" if is_comparison else f"{page.meta.path}#changes"


def generated_claims(path: str) -> ClaimPage | None:
    """A comparison made from the facts: what is wrong there is wrong with a fact."""
    match = GENERATED.fullmatch(path)
    if match is None:
        return None
    folder, slug = match.groups()
    form = SidesForm({"side": slug.split("-vs-")})
    form.full_clean()
    choice = choose(SUBJECTS[folder], form.cleaned_data["side"])
    if not choice.is_comparable or choice.path != path:
        return None
    names = " vs ".join(fact.name for fact in choice.chosen)
    return ClaimPage(path=path, title=f"{names} (made from the facts)")


def index_claims(path: str) -> ClaimPage | None:
    """The list of one kind of comparisons."""
    for folder, subject in SUBJECTS.items():
        if path == f"/compare/{folder}/":
            return ClaimPage(path, f"Comparisons: {subject.label.lower()}")
    return None


def register() -> None:
    register_claim_page(index_claims, order=90)
    register_claim_page(published_claims, order=20)
    register_claim_page(generated_claims, order=90)
