"""What the page of five questions shows."""

from datetime import date
from typing import Any

from django.http import QueryDict

from calculators.address_forms import FactNames
from calculators.choosing.candidates import Job, candidates, job_for, known_model
from calculators.choosing.changes import changes
from calculators.choosing.form import ChooseForm, choose_form
from calculators.choosing.lines import budget_text, lines_of, pick_line
from calculators.choosing.picks import PICK_RULES, Choice, choose
from calculators.choosing.rules import (
    ENGINE_NAME,
    QUANTIZATION,
    REACH,
    READING,
    SHELVES,
    WORDS_PER_TOKEN,
)
from calculators.pricing import COUNTED_DAYS
from catalog.measures import grouped
from catalog.models import Hardware
from editorial.vocabularies import VOLATILE_DAYS


def choose_context(query: QueryDict, facts: FactNames, today: date) -> dict[str, Any]:
    """Needs the names of the models; asks for hardware, prices and one model."""
    form = choose_form(query, facts)
    context: dict[str, Any] = {
        "form": form,
        "engine": ENGINE_NAME,
        "quantization": QUANTIZATION,
        "rules": PICK_RULES.values(),
        "reading": f"{READING.value / 60 / WORDS_PER_TOKEN.value:.1f}",
        "constants": (READING, WORDS_PER_TOKEN),
        "reach": REACH,
        "counted_days": COUNTED_DAYS,
        "volatile_days": VOLATILE_DAYS,
        "budget": budget_text(form.limits),
        "purpose": form.purpose_asked,
        "context_tokens": grouped(form.context_tokens),
        "user_count": form.user_count,
        "shelves": ", ".join(SHELVES[name].inline for name in _shelves(form)),
        "model_name": facts.names["model"].get(form.answers["model"], ""),
        "model_slug": form.answers["model"],
    }
    job = _job(form)
    if isinstance(job, str):
        return context | {"because": job, "picks": (), "unpriced": ()}
    return context | _answer(form, job, today)


def _shelves(form: ChooseForm) -> list[str]:
    return list(form.answers["allow"])


def _job(form: ChooseForm) -> Job | str:
    if not form.answers["model"]:
        return "the catalogue has no models yet"
    return job_for(
        known_model(form.answers["model"]),
        context_tokens=form.context_tokens,
        users=form.user_count,
        slug=form.answers["model"],
    )


def _answer(form: ChooseForm, job: Job, today: date) -> dict[str, Any]:
    limits = form.limits
    found = candidates(
        Hardware.objects.for_choosing(),
        job,
        shelves=_shelves(form),
        slots=form.answers["slots"],
        budget=limits.budget,
    )
    choice = choose(found, limits)
    return {
        "because": "",
        "picks": [
            pick_line(
                pick,
                limits,
                today,
                least_speed_reason=form.purpose_asked.reason,
                model=job.slug,
                letter=letter,
            )
            for pick, letter in zip(choice.picks, "abc", strict=False)
        ],
        "answer": _names(choice),
        "is_slow": choice.is_slow,
        "runners_up": lines_of(choice.runners_up, limits.condition, today, job.slug),
        "unpriced": lines_of(choice.unpriced, limits.condition, today, job.slug),
        "changes": changes(found, limits, choice, job),
    }


def _names(choice: Choice) -> list[tuple[str, str]]:
    """(name, what it is picked for) of each pick, for the sentence that answers."""
    return [
        (pick.candidate.name, " and ".join(title.lower() for title in pick.titles))
        for pick in choice.picks
    ]
