"""What the page of costs shows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from calculators.address_forms import FactNames
from calculators.cost.chart import cost_chart, steps
from calculators.cost.form import CostForm, cost_form
from calculators.cost.inputs import CACHED_WORDS
from calculators.cost.money import millions, plain_amount, span
from calculators.cost.reckoning import Reckoning, reckon
from calculators.cost.sentences import sentences
from catalog.models import AIModel, Hardware
from editorial.vocabularies import VOLATILE_DAYS
from estimator.cost_constants import CACHED_SHARE, ELECTRICITY


@dataclass(frozen=True)
class Way:
    """One way to get the tokens. Empty texts are drawn as a dash."""

    words: str
    month: str
    million: str
    note: str


def cost_context(query: QueryDict, names: FactNames, today: date) -> dict[str, Any]:
    """Needs the names of hardware and models; asks for one of each with its prices."""
    form = cost_form(query, names)
    context: dict[str, Any] = {
        "form": form,
        "volatile_days": VOLATILE_DAYS,
        "electricity": ELECTRICITY,
        "cached_words": CACHED_WORDS,
        "cached_source": CACHED_SHARE.source,
        "groups": form_groups(form),
    }
    if not form.answers["hardware"] or not form.answers["model"]:
        return context
    row = Hardware.objects.for_detail().get(slug=form.answers["hardware"])
    model = AIModel.objects.for_costing().get(slug=form.answers["model"])
    found = reckon(form, row, model, today)
    return context | {
        "found": found,
        "hardware": row,
        "model": model,
        "sentences": sentences(found),
        "ways": ways(found),
        "steps": steps(found),
        "chart": cost_chart(found),
        "rates": _rates(found),
        "tokens": millions(found.tokens) if found.tokens is not None else "",
        "offers": [(offer, span(offer.mixed)) for offer in found.offers],
        "speeds": found.speed.answer.speeds if found.speed.answer else None,
    }


def form_groups(form: CostForm) -> list[tuple[str, bool, list[Any]]]:
    """(legend, whether it starts open, fields)."""
    groups = (
        ("Use", True, ("hours", "tokens")),
        ("Tokens", True, ("prompt", "cached", "output")),
        ("Set-up", False, ("count", "quantization", "context", "requests", "on")),
        ("Money", False, ("condition", "price", "computer", "months", "resale")),
        ("Power", False, ("electricity", "load", "idle", "other")),
        ("API and rent", False, ("api_prompt", "api_cached", "api_output", "rent")),
    )
    return [
        (
            legend,
            is_open or any(_is_changed(form, name) for name in names),
            [form[name] for name in names],
        )
        for legend, is_open, names in groups
    ]


def _is_changed(form: CostForm, name: str) -> bool:
    initial = form.fields[name].initial
    return name in form.errors or form.answers[name] != form.fields[name].to_python(
        initial
    )


def ways(found: Reckoning) -> list[Way]:
    """A month and a million tokens, way by way."""
    rent, spot = (found.rented_million(hourly) for hourly in (found.rent, found.spot))
    count = sum(1 for offer in found.offers if offer.mixed)
    providers = "1 provider" if count == 1 else f"{count} providers"
    return [
        Way(
            f"{found.name}, your own",
            span(found.local_month),
            span(found.local_million),
            "loss of value, electricity busy and at rest",
        ),
        Way(
            "API",
            span(found.month_of(found.api)),
            span(found.api),
            f"{providers} of the same model" if count else "no price was seen",
        ),
        Way(
            "The same cards, rented",
            span(found.month_of(rent)),
            span(rent),
            "by the hour, while busy; start-up not counted",
        ),
        Way(
            "The same cards, rented as spot",
            span(found.month_of(spot)),
            span(spot),
            "may be taken away at any time",
        ),
    ]


def _rates(found: Reckoning) -> list[tuple[str, str]]:
    speed = found.speed
    return [
        ("Reading prompts", plain_amount(speed.prefill)),
        ("Writing answers", plain_amount(speed.decode)),
        ("The mix", plain_amount(speed.rate)),
    ]
