"""What the pages of the catalogue say, row by row, for readers who report one."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils import timezone

from catalog.cards import FactRow
from catalog.details import ai_models, engines, hardware, support
from catalog.details.architecture import architecture_words
from catalog.details.facts import FactTable, citations_by_field
from catalog.details.files import file_row
from catalog.details.licences import licence_note
from catalog.details.prices import price_groups
from catalog.details.spec_sheet import hidden_by_the_spec_sheet
from catalog.history import cited_by
from catalog.lookup import MODELS
from catalog.models import AIModel, Engine, Hardware
from editorial.models import Citation
from editorial.reports.claim_pages import (
    Claim,
    ClaimPage,
    joined,
    register_claim_page,
    short,
)

UNKNOWN = "not known"
FACT_PAGE = re.compile(r"/(tools|hardware|models)/([^/]+)/")
FACT_TYPES = {"tools": "engine", "hardware": "hardware", "models": "model"}

Citations = Mapping[str, Citation]


def row_claims(tables: Iterable[FactTable]) -> list[Claim]:
    """A claim for each row; a dash is one too, for a source may say what is missing."""
    return [_row_claim(row) for table in tables for row in table.rows]


def _row_claim(row: FactRow) -> Claim:
    return Claim(row.place, row.label, row.said or UNKNOWN, "facts")


def hardware_claims(chip: Hardware, citations: Citations) -> list[Claim]:
    groups = price_groups(chip.prices.all(), today=timezone.now().date())
    findings = hidden_by_the_spec_sheet(chip, citations)
    return [
        *row_claims(hardware.hardware_tables(chip, citations)),
        *(
            Claim(f"hidden-{number}", finding.title, finding.text, "hidden")
            for number, finding in enumerate(findings, start=1)
        ),
        *(
            Claim(
                place=row.place,
                label=f"Price at {row.seller}, {row.when}",
                text=f"{row.amount} {row.currency}, {row.kind}",
                section="prices",
            )
            for group in groups
            for row in group.rows
        ),
    ]


def model_claims(model: AIModel, citations: Citations) -> list[Claim]:
    today = timezone.now().date()
    licence = licence_note(model)
    words = " ".join(architecture_words(model))
    return [
        *row_claims(ai_models.model_tables(model, citations)),
        Claim("architecture", "Architecture in words", words, "architecture"),
        Claim("licence", "Licence", licence.name or licence.id, "licence")
        if licence
        else Claim("licence", "Licence", UNKNOWN, "licence"),
        *(_file_claim(file) for file in model.files.all()),
        *(
            Claim(
                place=f"hosted-{number}",
                label=f"Hosted price at {row.provider}, {row.when}",
                text=joined(f"{row.input} USD in", f"{row.output} USD out", by=", "),
                section="hosted",
            )
            for number, row in enumerate(
                ai_models.hosted_rows(model, today=today), start=1
            )
        ),
    ]


def _file_claim(file: Any) -> Claim:
    row = file_row(file)
    return Claim(
        place=f"file-{short(file.uid)}",
        label=f"File {row.quantization} by {row.publisher}",
        text=joined(f"{row.size_gb} GB", row.exactness, by=", "),
        section="files",
    )


def engine_claims(engine: Engine, citations: Citations) -> list[Claim]:
    return [
        *row_claims(engines.engine_tables(engine, citations)),
        *(
            Claim(
                place=f"{anchor}-{row.place}",
                label=f"{title}: {row.label}",
                text=joined(row.display or UNKNOWN, row.note),
                section=anchor,
            )
            for anchor, title, rows in support.support_tables(engine)
            for row in rows
        ),
        *(
            Claim(
                place=f"release-{number}",
                label=f"Release {row.version or row.role}",
                text=joined(row.version, row.when, row.role, by=", "),
                section="releases",
            )
            for number, row in enumerate(engines.release_rows(engine), start=1)
        ),
        *(
            Claim(
                place=f"failure-{short(mode.uid)}",
                label="Known failure",
                text=joined(mode.title, mode.trigger, mode.symptom, mode.mitigation),
                section="what-breaks",
            )
            for mode in engines.failure_modes(engine)
        ),
        *(
            Claim(
                f"statement-{short(row.uid)}", "Worth knowing", row.claim, "statements"
            )
            for row in engine.statements.all()
        ),
    ]


CLAIMS: dict[str, Callable[[Any, Citations], list[Claim]]] = {
    "engine": engine_claims,
    "hardware": hardware_claims,
    "model": model_claims,
}


def fact_claims(path: str) -> ClaimPage | None:
    """The page of a fact at its own address, with every row on it."""
    match = FACT_PAGE.fullmatch(path)
    if match is None:
        return None
    fact_type = FACT_TYPES[match.group(1)]
    rows: Any = MODELS[fact_type]._default_manager
    fact = rows.for_detail().filter(slug=match.group(2)).first()
    if fact is None:
        return None
    citations = citations_by_field(list(cited_by([fact.uid])))
    return ClaimPage(
        path=path,
        title=fact.name,
        kind=fact_type,
        uid=fact.uid,
        changes_path=f"{path}changes/",
        claims=CLAIMS[fact_type](fact, citations),
    )


def register() -> None:
    register_claim_page(fact_claims, order=10)
