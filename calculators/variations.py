"""The smallest steps that change an answer, each with what it would be."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from calculators.answers import Answers
from calculators.asking import QuestionError
from calculators.memory_bars import gib_text
from calculators.options import CONTEXTS, FITS
from calculators.questions import MOST_CARDS, Asked
from calculators.wording import count_words, speed_range
from catalog.models import Hardware
from estimator.answers import Estimate, Fit
from estimator.inverse import ladder_of

CARDS_TRIED = 6
CELL_TOKENS = 1024
"""A largest context is offered in whole thousands, so that the link is readable."""


@dataclass(frozen=True)
class Variation:
    """One step away from the question, and the answer there."""

    words: str
    query: str
    fit: str
    needs: str
    speed: str
    note: str = ""

    @property
    def fit_class(self) -> str:
        return self.fit.replace(" ", "-")


def variations(asked: Asked, estimate: Estimate, answers: Answers) -> list[Variation]:
    """Steps that are worth a look from here: what fits first where nothing does."""
    if estimate.fit is Fit.UNKNOWN:
        return []
    settled = answers.settled(asked)
    found = []
    seen = {settled.query()}
    for words, changed, note in _steps(asked, settled, estimate, answers):
        key = answers.settled(changed).query()
        if key in seen:
            continue
        seen.add(key)
        try:
            there = answers.of(changed)
        except QuestionError:
            continue
        found.append(_variation(words, changed, there, note))
    if estimate.fit not in FITS:
        found.sort(key=lambda each: each.fit not in [str(fit) for fit in FITS])
    return found


Step = tuple[str, Asked, str]


def _steps(
    asked: Asked, settled: Asked, estimate: Estimate, answers: Answers
) -> Iterator[Step]:
    if estimate.fit in FITS:
        yield from _more_context(asked, estimate)
        yield from _heavier(asked, settled, answers)
    else:
        yield from _what_fits(asked, estimate)
    if settled.cache_type == "f16" and answers.rules(asked).family == "gguf":
        yield "q8_0 cache", replace(asked, cache_type="q8_0"), ""
    if estimate.fit is not Fit.COMFORTABLE:
        yield from _larger_card(asked, answers)
    card = answers.card(asked.hardware)
    if not card.has_unified_memory and asked.count * 2 <= MOST_CARDS:
        slug, count = asked.cards[0]
        cards = ((slug, count + 1), *asked.cards[1:])
        words = f"{count_words(count + 1)} {card.name}"
        yield words, replace(asked, cards=cards), ""


def _more_context(asked: Asked, estimate: Estimate) -> Iterator[Step]:
    longer = [step for step in CONTEXTS if step > estimate.context_tokens]
    if longer:
        tokens = longer[0]
        words = f"{_tokens(tokens)} tokens of context"
        yield words, replace(asked, context_tokens=tokens), ""
    largest = _whole(estimate.largest_context_tokens)
    if largest > estimate.context_tokens:
        changed = replace(asked, context_tokens=largest)
        yield f"{_tokens(largest)} tokens of context", changed, "the longest that fits"


def _heavier(asked: Asked, settled: Asked, answers: Answers) -> Iterator[Step]:
    """The next quantisation up, and the next one down."""
    family = answers.rules(asked).family
    ladder = ladder_of(answers.model(asked.model).architecture, family)
    names = [name for _, name in ladder]
    if settled.quantization not in names:
        return
    place = names.index(settled.quantization)
    for step in (place + 1, place - 1):
        if 0 <= step < len(names):
            yield names[step], replace(asked, quantization=names[step]), ""


def _what_fits(asked: Asked, estimate: Estimate) -> Iterator[Step]:
    largest = _whole(estimate.largest_context_tokens)
    if largest:
        changed = replace(asked, context_tokens=largest)
        yield f"{_tokens(largest)} tokens of context", changed, "the longest that fits"
    name = estimate.largest_quantization
    if name:
        yield name, replace(asked, quantization=name), "the heaviest that fits"


def _larger_card(asked: Asked, answers: Answers) -> Iterator[Step]:
    """The next card up of the same maker and segment on which it fits."""
    card = answers.card(asked.hardware)
    if len(asked.cards) > 1 or asked.ram_gib and card.has_unified_memory:
        return
    rows: Any = Hardware.objects.next_larger(
        than_bytes=card.memory_bytes, vendor=card.vendor, segment=card.segment
    )
    for slug, name in rows.values_list("slug", "name")[:CARDS_TRIED]:
        changed = replace(asked, cards=((slug, asked.count),))
        try:
            fits = answers.of(changed).fit in FITS
        except QuestionError:
            continue
        if fits:
            words = f"{count_words(asked.count)} {name}" if asked.count > 1 else name
            yield words, changed, "the next one up"
            return


def _variation(words: str, asked: Asked, there: Estimate, note: str) -> Variation:
    decode = there.speeds.decode if there.speeds else None
    return Variation(
        words=words,
        query=asked.query(),
        fit=str(there.fit),
        needs=gib_text(there.needs_bytes) if there.needs_bytes is not None else "",
        speed=speed_range(decode) if decode else "",
        note=note,
    )


def _whole(tokens: int | None) -> int:
    """As many whole thousands; fewer than one stays as it is."""
    found = tokens or 0
    return found // CELL_TOKENS * CELL_TOKENS or found


def _tokens(count: int) -> str:
    return f"{count:,}".replace(",", "\u202f")
