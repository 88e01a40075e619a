"""Keep an answer as it is today, and say later whether it has moved."""

import base64
import hashlib
import json
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from calculators.answer_page import Answer
from calculators.models import FrozenAnswer
from editorial.anonymous_forms import Limits
from estimator.speed_constants import shipped
from estimator.version import FORMULAS

LIMITS = Limits("frozen answers", per_address_a_day=60, in_all_an_hour=600)
CODE_LENGTH = 10


class CannotFreezeError(ValueError):
    """The question has no answer that could be kept."""


def formula_version() -> str:
    """Of the formulas of memory, and the day of the constants of speed.

    >>> formula_version().startswith(FORMULAS)
    True
    """
    return f"{FORMULAS}, speed constants of {shipped().fitted_on}"


@transaction.atomic
def freeze(answer: Answer | None) -> FrozenAnswer:
    """The row that keeps `answer`; the one there is if today's is kept already."""
    if answer is None:
        raise CannotFreezeError("Name a model and hardware of the catalogue first.")
    today = timezone.now().date()
    question, body = answer.asked.query(), body_of(answer)
    formulas = formula_version()
    code = _code(question, body, formulas, today)
    row, _ = FrozenAnswer.objects.get_or_create(
        code=code,
        defaults={
            "question": question,
            "title": answer.title,
            "answer": body,
            "formulas": formulas,
            "data_on": today,
        },
    )
    return row


def body_of(answer: Answer) -> dict[str, Any]:
    """All that the kept page prints, as it was printed."""
    return {
        "fit": str(answer.estimate.fit),
        "opening": answer.opening,
        "sentence": answer.sentence,
        "figures": [asdict(figure) for figure in answer.figures],
        "settings": settings_of(answer),
        "parts": [
            {"name": term.name, "size": term.size, "bytes": term.size_bytes}
            | {"error": term.error, "rule": term.rule}
            for term in answer.terms
        ],
        "speeds": [asdict(line) for line in answer.speeds],
        "reasons": [*answer.estimate.reasons, *answer.speed_reasons],
        "command": answer.command.text if answer.command else "",
    }


def settings_of(answer: Answer) -> list[list[str]]:
    """Every input with its value, those that were left to the usual too."""
    settled = answer.settled
    pairs = [
        ("Model", answer.model_name),
        ("Machine", answer.machine),
        ("File", settled.quantization),
        ("Engine", f"{settled.engine} {settled.version or 'newest rules'}"),
        ("Context", f"{settled.context_tokens} tokens"),
        ("Cache type", settled.cache_type),
        ("Requests at once", str(settled.parallel)),
        ("System", settled.operating_system),
        ("Host memory", f"{settled.ram_gib} GiB" if settled.ram_gib else "not stated"),
        ("Cards share", settled.split or "as the engine does by itself"),
    ]
    return [[name, value] for name, value in pairs]


def moved(frozen: FrozenAnswer, answer: Answer | None) -> list[tuple[str, str, str]]:
    """(what, then, now) of the figures that read otherwise today."""
    if answer is None:
        return [("Answer", frozen.answer["opening"], "The question has none today.")]
    today = body_of(answer)
    rows = [("Fit", frozen.answer["fit"], today["fit"])]
    now = {figure["words"]: _figure(figure) for figure in today["figures"]}
    rows += [
        (figure["words"], _figure(figure), now.get(figure["words"], "–"))
        for figure in frozen.answer["figures"]
    ]
    return [row for row in rows if row[1] != row[2]]


def _figure(figure: dict[str, str]) -> str:
    return f"{figure['value']} {figure['unit']}".strip()


def _code(question: str, body: dict[str, Any], formulas: str, day: date) -> str:
    text = json.dumps([question, body, formulas, day.isoformat()], sort_keys=True)
    digest = hashlib.sha256(text.encode()).digest()
    return base64.b32encode(digest).decode().lower()[:CODE_LENGTH]
