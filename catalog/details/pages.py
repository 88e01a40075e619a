"""Everything that the page of one engine, one chip or one model is drawn from."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from catalog import tracked
from catalog.details import ai_models, engines, families, hardware, support
from catalog.details.architecture import architecture_words
from catalog.details.facts import citations_by_field, row_mark
from catalog.details.files import files_by_format
from catalog.details.forms import FileFilterForm
from catalog.details.licences import licence_note
from catalog.details.marks import note_clauses
from catalog.details.prices import price_groups
from catalog.details.siblings import siblings
from catalog.details.spec_sheet import hidden_by_the_spec_sheet
from catalog.history import change_section, cited_by
from catalog.models import AIModel, Engine, Hardware
from editorial.registry import Panel, panels
from editorial.structured import breadcrumb, script_json
from editorial.vocabularies import VOLATILE_DAYS

LEAD = 30
"""Panels below this order stand above the facts."""

LISTS: dict[type, tuple[str, str]] = {
    Engine: ("Tools", "catalog:engine_list"),
    Hardware: ("Hardware", "catalog:hardware_list"),
    AIModel: ("Models", "catalog:ai_model_list"),
}
"""The list that a page stands under."""

Context = dict[str, Any]


def crumbs_to(fact: Any) -> list[tuple[str, str]]:
    """From the home page down to the list that holds `fact`."""
    name, address = LISTS[type(fact)]
    return [("Home", "/"), (name, reverse(address))]


def crumbs_through(fact: Any) -> list[tuple[str, str]]:
    """The same, and the page of `fact` itself."""
    return [*crumbs_to(fact), (fact.name, fact.get_absolute_url())]


def _frame(
    fact: Any, page: str, parts: Any, citations: list[Any], sections: Iterable[Any]
) -> Context:
    """What every fact's page has around its own content.

    `sections` are the (anchor, title) pairs of the page's own; those without a title
    are not there.
    """
    path = fact.get_absolute_url()
    offered = panels(page, fact)
    lead = [panel for panel in offered if panel.order < LEAD]
    rest = [panel for panel in offered if panel.order >= LEAD]
    named = [section for section in sections if section[1]]
    history = ("history", "Change history")
    return {
        "fact": fact,
        "lead_panels": lead,
        "panels": rest,
        "contents": [*_named(lead), *named, *_named(rest), history],
        **change_section(fact, parts, citations),
        "crumbs": crumbs_to(fact),
        "canonical_url": f"{settings.SITE_URL}{path}",
        "json_ld": script_json(
            {
                "@context": "https://schema.org",
                "@graph": [breadcrumb(*crumbs_through(fact))],
            }
        ),
    }


def _named(offered: list[Panel]) -> list[tuple[str, str]]:
    return [(panel.anchor, panel.title) for panel in offered if panel.anchor]


def hardware_page(chip: Hardware) -> Context:
    """Three statements beside the chip's own: citations, the nearest, the history."""
    cited = list(cited_by([chip.uid]))
    citations = citations_by_field(cited)
    beside = siblings(chip, Hardware.objects.beside(chip))
    sections = [
        ("facts", "Facts"),
        ("hidden", "What the sheet hides"),
        ("prices", "Prices"),
        ("siblings", "Beside it" if beside else ""),
    ]
    return {
        "hardware": chip,
        "summary": hardware.hardware_summary(chip),
        "figures": hardware.hardware_figures(chip),
        "tables": hardware.hardware_tables(chip, citations),
        "row_mark": row_mark(chip),
        "notes": note_clauses(chip.notes),
        "findings": hidden_by_the_spec_sheet(chip, citations),
        "price_groups": price_groups(chip.prices.all(), today=timezone.now().date()),
        "volatile_days": VOLATILE_DAYS,
        "siblings": beside,
        **_frame(chip, "hardware_detail", tracked.HARDWARE, cited, sections),
    }


def ai_model_page(model: AIModel, asked: Mapping[str, str]) -> Context:
    """Three statements beside the model's own. `asked` may name one format."""
    cited = list(cited_by([model.uid]))
    only = FileFilterForm(asked).format_among(model.files.all())
    stem = families.family_stem(model.family.slug)
    line = AIModel.objects.in_line_with(model, stem)
    sections = [
        ("facts", "Facts"),
        ("architecture", "Architecture"),
        ("licence", "Licence"),
        ("files", "Published files"),
        ("hosted", "Hosted prices"),
        ("family", "Family"),
    ]
    return {
        "ai_model": model,
        "summary": ai_models.model_summary(model),
        "figures": ai_models.model_figures(model),
        "tables": ai_models.model_tables(model, citations_by_field(cited)),
        "row_mark": row_mark(model),
        "notes": note_clauses(model.notes),
        "sentences": architecture_words(model),
        "licence": licence_note(model),
        "formats": files_by_format(model.files.all()),
        "shown_formats": files_by_format(model.files.all(), only),
        "only_format": only,
        "hosted": ai_models.hosted_rows(model, today=timezone.now().date()),
        "volatile_days": VOLATILE_DAYS,
        "generations": families.generations(model, line),
        **_frame(model, "ai_model_detail", tracked.AI_MODEL, cited, sections),
    }


def engine_page(engine: Engine) -> Context:
    """Two statements beside the engine's own: citations and the history."""
    cited = list(cited_by([engine.uid]))
    tables = support.support_tables(engine)
    modes = engines.failure_modes(engine)
    statements = list(engine.statements.all())
    is_started = engine.install_command or engine.quickstart_command
    sections = [
        ("facts", "Facts"),
        *((anchor, title) for anchor, title, _ in tables),
        ("start", "Install and start" if is_started else ""),
        ("releases", "Releases"),
        ("what-breaks", "Known failures" if modes else ""),
        ("statements", "Worth knowing" if statements else ""),
    ]
    return {
        "engine": engine,
        "summary": engines.engine_summary(engine),
        "figures": engines.engine_figures(engine),
        "tables": engines.engine_tables(engine, citations_by_field(cited)),
        "support": tables,
        "releases": engines.release_rows(engine),
        "failure_modes": modes,
        "statements": statements,
        **_frame(engine, "engine_detail", tracked.ENGINE, cited, sections),
    }
