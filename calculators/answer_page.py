"""Everything that the answer to one question is drawn from."""

from dataclasses import dataclass, replace

from django.urls import reverse

from calculators.answers import Answers
from calculators.asking import QuestionError
from calculators.commands import Command, Situation, command_for
from calculators.known_names import KnownNames
from calculators.memory_bars import (
    Bar,
    Line,
    bars_of,
    budget_words,
    column_name,
    gib_text,
    lines_of,
    loads_of,
)
from calculators.near_rows import NearRow, near_rows
from calculators.questions import Asked
from calculators.support import support_caution
from calculators.variations import Variation, variations
from calculators.wording import (
    EVIDENCE_WORDS,
    OPENINGS,
    answer_sentence,
    machine_words,
    seconds_text,
    speed_range,
    speed_text,
)
from calculators.working import TermLine, term_lines
from catalog.listing.filters import Ignored
from catalog.models import AIModel
from estimator import spreads
from estimator.answers import Estimate, Fit, Range

MODEL_COLUMNS = ("slug", "name", "hf_repository", "layers")


@dataclass(frozen=True)
class Figure:
    value: str
    unit: str
    words: str
    note: str


@dataclass(frozen=True)
class SpeedLine:
    """Low, expected and high of one rate."""

    words: str
    low: str
    expected: str
    high: str
    evidence: str


@dataclass(frozen=True)
class Answer:
    """One question answered: verdict, memory, speed, command, ways on, working."""

    asked: Asked
    settled: Asked
    title: str
    model_name: str
    machine: str
    model_path: str
    estimate: Estimate
    opening: str
    sentence: str
    caution: str
    """That the engine does not drive this hardware; usually empty."""
    figures: list[Figure]
    bars: list[Bar]
    columns: list[str]
    """Memories of the table: the cards, then the host."""
    lines: list[Line]
    budget: str
    speeds: list[SpeedLine]
    evidence: str
    near: list[NearRow]
    command: Command | None
    variations: list[Variation]
    terms: list[TermLine]

    @property
    def fit_class(self) -> str:
        return str(self.estimate.fit).replace(" ", "-")

    @property
    def machine_name(self) -> str:
        """As the reader's own machine is called: without a number where it is one."""
        return self.machine.removeprefix("one ")

    @property
    def machine_query(self) -> str:
        asked = Asked(cards=self.asked.cards, ram_gib=self.asked.ram_gib)
        return asked.query()

    @property
    def is_lacking(self) -> bool:
        return self.estimate.fit in (Fit.NEEDS_OFFLOAD, Fit.DOES_NOT_FIT)

    @property
    def coverage(self) -> str:
        return f"{100 * spreads.COVERAGE:.0f} %"

    @property
    def speed_reasons(self) -> tuple[str, ...]:
        return self.estimate.speeds.reasons if self.estimate.speeds else ()


def answer_to(
    asked: Asked, answers: Answers, names: KnownNames
) -> tuple[Answer | None, list[Ignored]]:
    """The answer; a part that cannot be answered is left out and named."""
    try:
        return _answer(asked, answers, names), []
    except QuestionError as error:
        problem = Ignored("quantization", asked.quantization, str(error))
    without = replace(asked, quantization="", cache_type="", split="", version="")
    try:
        return _answer(without, answers, names), [problem]
    except QuestionError:
        return None, [problem]


def _answer(asked: Asked, answers: Answers, names: KnownNames) -> Answer:
    estimate = answers.of(asked)
    settled = answers.settled(asked)
    known = answers.model(asked.model)
    model = AIModel.objects.only(*MODEL_COLUMNS).get(slug=asked.model)
    pieces = [names.name("hardware", slug) for slug, _ in asked.cards]
    machine = machine_words(asked, pieces)
    return Answer(
        asked=asked,
        settled=settled,
        title=f"{model.name} on {machine}",
        model_name=model.name,
        machine=machine,
        model_path=reverse("catalog:ai_model_detail", args=[model.slug]),
        estimate=estimate,
        opening=OPENINGS[estimate.fit],
        sentence=answer_sentence(estimate),
        caution=support_caution(
            asked.engine,
            names.name("engine", asked.engine),
            answers.card(asked.hardware),
        ),
        figures=_figures(estimate, settled),
        bars=bars_of(estimate),
        columns=[column_name(load) for load in loads_of(estimate)],
        lines=lines_of(estimate),
        budget=budget_words(estimate),
        speeds=_speed_lines(estimate),
        evidence=EVIDENCE_WORDS[estimate.speeds.evidence] if estimate.speeds else "",
        near=near_rows(settled),
        command=command_for(
            Situation(settled, model, estimate, settled.operating_system)
        ),
        variations=variations(asked, estimate, answers),
        terms=term_lines(estimate, known.architecture),
    )


def _figures(estimate: Estimate, settled: Asked) -> list[Figure]:
    speeds = estimate.speeds
    devices = estimate.placement.devices if estimate.placement else ()
    budget = sum(device.budget_bytes for device in devices)
    needs, reserves = estimate.needs_bytes, estimate.reserves_bytes
    figures = []
    if needs is not None:
        taken = sum(device.needs_bytes for device in devices)
        share = f"{taken / budget:.0%}".replace("%", " %") if budget else "–"
        note = f"{share} of the budget"
        if taken != needs:  # part of it lies in host memory
            note = f"{gib_text(taken)} on the hardware, {note}"
        figures.append(Figure(gib_text(needs), "GiB", "needs", note))
    if reserves is not None:
        is_more = needs is not None and reserves > needs * 1.01
        note = "taken by its settings" if is_more else "no more than it needs"
        figures.append(Figure(gib_text(reserves), "GiB", "will reserve", note))
    if speeds and speeds.decode:
        figures.append(
            Figure(speed_range(speeds.decode), "", "tokens/s decode", speeds.evidence)
        )
    if speeds and speeds.time_to_first_token_s:
        wait = seconds_text(speeds.time_to_first_token_s)
        figures.append(Figure(wait, "s", "to the first token", "prompt of 1\u202f024"))
    return figures


def _speed_lines(estimate: Estimate) -> list[SpeedLine]:
    speeds = estimate.speeds
    if speeds is None:
        return []
    context = f"{estimate.context_tokens:,}".replace(",", "\u202f")
    reading = speeds.prefill_evidence or speeds.evidence
    deep_reading = speeds.evidence if speeds.prefill_evidence is None else reading
    rows: list[tuple[str, Range | None, str]] = [
        ("Decode, empty context", speeds.decode, speeds.evidence),
        (f"Decode, {context} tokens filled", speeds.decode_at_depth, speeds.evidence),
        ("All requests together", speeds.decode_all_sequences, speeds.evidence),
        ("Prefill, empty context", speeds.prefill, reading),
        (f"Prefill, {context} tokens filled", speeds.prefill_at_depth, deep_reading),
    ]
    return [
        SpeedLine(
            words=words,
            low=speed_text(value.low),
            expected=speed_text(value.expected),
            high=speed_text(value.high),
            evidence=evidence,
        )
        for words, value, evidence in rows
        if value is not None
    ]
