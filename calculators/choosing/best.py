"""What the page of rankings shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from calculators.address_forms import (
    AddressForm,
    FactNames,
    choice_field,
    number_field,
    whole_field,
)
from calculators.choosing.candidates import (
    Candidate,
    candidates,
    job_for,
    known_model,
)
from calculators.choosing.lines import Line, line_of, lines_of
from calculators.choosing.needs import BUDGETS, NEEDS, RANK_RULES, Need
from calculators.choosing.ranking import Ranked, ranked
from calculators.choosing.rules import (
    ENGINE_NAME,
    MOST_CARDS,
    MOST_RANKED,
    MOST_UNPRICED,
    QUANTIZATION,
    SHELVES,
    USUAL_SHELVES,
)
from calculators.pricing import CONDITIONS
from catalog.measures import grouped
from catalog.models import Hardware
from catalog.prices import price_text
from editorial.vocabularies import VOLATILE_DAYS

DEFAULT_NEED, DEFAULT_BUDGET = "chat-32b", 1000


class BestForm(AddressForm):
    need = choice_field(
        "Need", [(name, need.words) for name, need in NEEDS.items()], DEFAULT_NEED
    )
    budget = number_field("Budget (USD)", DEFAULT_BUDGET, 50, 500_000)
    condition = choice_field(
        "Condition", [(name, words) for name, (words, _) in CONDITIONS.items()], "any"
    )
    cards = whole_field("Cards at most", 1, 1, MOST_CARDS)


@dataclass(frozen=True)
class RankedLine:
    rank: int
    is_tied: bool
    figure: str
    line: Line


@dataclass(frozen=True)
class Door:
    """A link to the same page with one answer changed."""

    words: str
    query: str
    is_current: bool


def best_context(query: QueryDict, facts: FactNames, today: date) -> dict[str, Any]:
    """Needs the names of the models; asks for hardware, prices and one model."""
    form, models = BestForm(query, facts), facts.names["model"]
    name, budget = form.answers["need"], Decimal(form.answers["budget"])
    condition, need = form.answers["condition"], NEEDS[form.answers["need"]]
    found, because = _found(need, models, form)
    entries = ranked(found, need.rule, budget, condition)
    unpriced = [each for each in found if each.price(condition) is None]
    unpriced.sort(key=lambda each: (-each.expected, each.name))
    return {
        "form": form,
        "need": need,
        "model_name": models.get(need.model, need.model),
        "model_slug": need.model if need.model in models else "",
        "context_tokens": grouped(need.context_tokens),
        "rule": RANK_RULES[need.rule],
        "budget": price_text(budget),
        "entries": [
            RankedLine(
                entry.rank,
                entry.is_tied,
                entry.figure,
                line_of(entry.candidate, condition, today, model=need.model),
            )
            for entry in entries[:MOST_RANKED]
        ],
        "left_out": max(0, len(entries) - MOST_RANKED),
        "answer": _answer(entries, need),
        "because": because,
        "unpriced": lines_of(unpriced[:MOST_UNPRICED], condition, today, need.model),
        "budget_doors": [
            Door(
                f"{price_text(Decimal(step))} USD",
                _changed(query, budget=step),
                budget == step,
            )
            for step in BUDGETS
        ],
        "need_doors": [
            Door(other.words, _changed(query, need=key), key == name)
            for key, other in NEEDS.items()
        ],
        "shelves": ", ".join(SHELVES[shelf].inline for shelf in USUAL_SHELVES),
        "engine": ENGINE_NAME,
        "quantization": QUANTIZATION,
        "volatile_days": VOLATILE_DAYS,
    }


def _found(
    need: Need, models: Mapping[str, str], form: BestForm
) -> tuple[list[Candidate], str]:
    if need.model not in models:
        return [], f"The catalogue has no {need.model}, which this need is ranked with."
    job = job_for(
        known_model(need.model),
        context_tokens=need.context_tokens,
        users=need.users,
    )
    if isinstance(job, str):
        return [], f"Nothing can be ranked for {models[need.model]}: {job}."
    found = candidates(
        Hardware.objects.for_choosing(),
        job,
        shelves=USUAL_SHELVES,
        slots=form.answers["cards"],
        budget=Decimal(form.answers["budget"]),
    )
    return found, ""


def _answer(entries: list[Ranked], need: Need) -> str:
    """The names that share the first rank."""
    first = [entry.candidate.name for entry in entries if entry.rank == 1]
    if not first:
        return ""
    if len(first) == 1:
        return first[0]
    if len(first) > 3:
        return f"{first[0]}, level with {len(first) - 1} others"
    return f"{', '.join(first[:-1])} and {first[-1]}"


def _changed(query: QueryDict, **values: object) -> str:
    changed = query.copy()
    for name, value in values.items():
        changed[name] = str(value)
    return changed.urlencode()
