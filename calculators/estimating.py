"""From a question to an estimate: what the command and the pages call."""

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from calculators.asking import Names, QuestionError, request_from
from estimator.answers import Estimate, SpeedModel
from estimator.fit import CannotEstimateError, estimate


def _speed_model() -> SpeedModel | None:
    if find_spec("estimator.speed") is None:
        return None
    speeds: SpeedModel = import_module("estimator.speed").speeds
    return speeds


SPEEDS = _speed_model()


def answer(question: Mapping[str, Any], names: Names | None = None) -> Estimate:
    """The estimate for a question in the words of the catalogue.

    Raises QuestionError with a sentence that says what to change.
    """
    request = request_from(question, names or Names())
    try:
        return estimate(request, SPEEDS)
    except CannotEstimateError as error:
        raise QuestionError(str(error)) from error
