"""What this app offers to the publishing machinery."""

import json
from functools import partial
from pathlib import Path

from comparisons.addresses import comparison_path, verdict_path
from comparisons.checks import comparison_problems, verdict_problems
from comparisons.desk.element_ids import comparison_element_ids, verdict_element_ids
from comparisons.freezing import (
    COMPARISON_SCHEMA,
    VERDICT_SCHEMA,
    freeze_comparison,
    freeze_verdict,
)
from comparisons.models import Comparison, Verdict
from comparisons.pages import render_comparison, render_verdict
from comparisons.panels import comparisons_panel, verdict_panel
from comparisons.portable import comparison_from_portable, verdict_from_portable
from comparisons.references import comparison_references, verdict_references
from comparisons.restoring import restore_comparison, restore_verdict
from editorial.registry import (
    DocumentKind,
    register_desk_models,
    register_document_kind,
    register_panel,
)
from editorial.roles import FACT_EDITORS, KEEP, PUBLISHERS, VIEW, WRITERS

SCHEMAS = Path(__file__).parent / "schemas"


def _schema(name: str) -> dict:
    return json.loads((SCHEMAS / f"{name}.json").read_text())


def register() -> None:
    register_document_kind(
        DocumentKind(
            name="comparison",
            model=Comparison,
            schema=COMPARISON_SCHEMA,
            json_schema=_schema("comparison"),
            freeze=freeze_comparison,
            restore=restore_comparison,
            problems=comparison_problems,
            references=comparison_references,
            path=comparison_path,
            render=render_comparison,
            from_portable=comparison_from_portable,
            unique_rows={"ratings": ("side",)},
            element_ids=comparison_element_ids,
        )
    )
    register_document_kind(
        DocumentKind(
            name="verdict",
            model=Verdict,
            schema=VERDICT_SCHEMA,
            json_schema=_schema("verdict"),
            freeze=freeze_verdict,
            restore=restore_verdict,
            problems=verdict_problems,
            references=verdict_references,
            path=verdict_path,
            render=render_verdict,
            from_portable=verdict_from_portable,
            element_ids=verdict_element_ids,
            owns_page=False,
        )
    )
    register_desk_models(
        "comparisons.DimensionTemplate",
        "comparisons.TemplateRow",
        rights={WRITERS: VIEW, PUBLISHERS: KEEP, FACT_EDITORS: KEEP},
    )
    for page, type_name in (
        ("engine_detail", "engine"),
        ("hardware_detail", "hardware"),
        ("ai_model_detail", "model"),
    ):
        register_panel(page, verdict_panel)
        register_panel(page, partial(comparisons_panel, type_name))
