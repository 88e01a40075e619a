"""Estimates for one page: what is looked up once serves every variation of it."""

from dataclasses import replace

from calculators.asking import KnownModel, Names
from calculators.estimating import answer
from calculators.near_rows import RowsOfModel
from calculators.options import USUAL_CONTEXT, usual_quantization
from calculators.questions import Asked
from estimator.answers import Estimate
from estimator.engines import EngineRules, rules_of
from estimator.inputs import Hardware


class Answers:
    """Asks the estimator, and reads each model, card and measured row once."""

    def __init__(self) -> None:
        self.names = Names()
        self._rows: dict[str, RowsOfModel] = {}

    def model(self, slug: str) -> KnownModel:
        return self.names.model(slug)

    def card(self, slug: str) -> Hardware:
        return self.names.hardware(slug)

    def rules(self, asked: Asked) -> EngineRules:
        rules = rules_of(asked.engine, asked.version)
        if rules is None:
            raise ValueError(
                f"{asked.engine} has no rules; read_question lets none by."
            )
        return rules

    def settled(self, asked: Asked) -> Asked:
        """The question with what is usual in place of what was left open."""
        known = self.model(asked.model)
        window = known.architecture.context_window_tokens or USUAL_CONTEXT
        family = self.rules(asked).family
        return replace(
            asked,
            quantization=asked.quantization or usual_quantization(known, family),
            context_tokens=asked.context_tokens or min(USUAL_CONTEXT, window),
            cache_type=asked.cache_type or "f16",
            operating_system=asked.operating_system or self._system(asked),
        )

    def of(self, asked: Asked) -> Estimate:
        """The answer. Raises QuestionError with a sentence that says what to change."""
        rows = self._rows.setdefault(asked.model, RowsOfModel(asked.model))
        return answer(self.settled(asked).question(), self.names, rows)

    def _system(self, asked: Asked) -> str:
        is_apple = bool(asked.cards) and self.card(asked.hardware).kind == "apple_soc"
        return "macos" if is_apple else "linux"
