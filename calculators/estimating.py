"""From a question to an estimate: what the command and the pages call."""

from collections.abc import Mapping
from typing import Any

from calculators.asking import Names, QuestionError, request_from
from calculators.measured_speeds import MeasuredRows, measured
from estimator.answers import Estimate
from estimator.fit import CannotEstimateError, estimate
from estimator.speed import speeds


def answer(
    question: Mapping[str, Any],
    names: Names | None = None,
    rows: MeasuredRows | None = None,
) -> Estimate:
    """The estimate for a question in the words of the catalogue.

    Measured rows of the set-up win over the formula, unless the question says
    `formula_only`. Raises QuestionError with a sentence that says what to change.
    """
    request = request_from(question, names or Names())
    try:
        found = estimate(request, speeds)
    except CannotEstimateError as error:
        raise QuestionError(str(error)) from error
    return found if question.get("formula_only") else measured(found, request, rows)
