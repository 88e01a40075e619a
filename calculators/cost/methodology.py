"""What the page on costs prints: the objects that the code uses."""

from functools import lru_cache
from typing import Any

from calculators.pricing import COUNTED_DAYS
from editorial.vocabularies import VOLATILE_DAYS
from estimator.cost import Verdict
from estimator.cost_constants import COST_CONSTANTS, COST_FORMULAS, COST_RANGES

MEANINGS = {
    Verdict.LOCAL: "Its dearest million costs less than the API's cheapest.",
    Verdict.CLOUD: "The API's dearest million costs less than its cheapest.",
    Verdict.DEPENDS: "Neither: what is expected decides which way it leans.",
    Verdict.UNKNOWN: "Something is missing, and the answer names it.",
}


@lru_cache(maxsize=1)
def methodology_context() -> dict[str, Any]:
    """It changes only with the version of the program."""
    return {
        "formulas": COST_FORMULAS,
        "cost_constants": COST_CONSTANTS,
        "ranges": [
            (found, _number(found.low), _number(found.expected), _number(found.high))
            for found in COST_RANGES
        ],
        "verdicts": [(str(verdict), words) for verdict, words in MEANINGS.items()],
        "counted_days": COUNTED_DAYS,
        "volatile_days": VOLATILE_DAYS,
    }


def _number(value: float) -> str:
    return f"{value:.2f}"
