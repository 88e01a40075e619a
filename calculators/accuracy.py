"""How far estimates lie from measurements, for the command and for the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from estimator.hardware_classes import CLASS_WORDS, HardwareClass
from estimator.measurements import KIND_WORDS, Kind
from estimator.published_memory import PublishedValue, published_values
from estimator.scoring import (
    PREFILL,
    PREFILL_WORDS,
    Outcome,
    Score,
    from_json,
    of_kind,
    peer_scores,
    score,
    scores_by,
    worst,
)

FILE = Path(settings.BASE_DIR) / "estimator" / "data" / "backtest.json"
LEAST_FAMILY_ROWS = 5
MEDIAN_ERROR, MEAN_ERROR, INSIDE, HALF_WIDTH = 0.09, 0.15, 0.80, 0.35
"""What decode of usable rows has to reach, leaving one device out at a time."""


@dataclass(frozen=True)
class Accuracy:
    """The tables of the report, from one set of outcomes."""

    tested_on: str
    usable: tuple[Outcome, ...]
    kinds: tuple[Score, ...]
    peers: tuple[Score, ...]
    classes: tuple[Score, ...]
    families: tuple[Score, ...]
    engines: tuple[Score, ...]
    worst: tuple[Outcome, ...]
    memory: tuple[PublishedValue, ...]

    @property
    def main(self) -> Score:
        return self.kinds[0]

    @property
    def targets(self) -> list[tuple[str, bool]]:
        """(what has to be reached, whether it is)."""
        main = self.main
        inside, width = main.inside or 0.0, main.half_width or 1.0
        targets = (
            (
                f"median error at most {MEDIAN_ERROR:.0%}",
                main.median_error <= MEDIAN_ERROR,
            ),
            (f"mean error at most {MEAN_ERROR:.0%}", main.mean_error <= MEAN_ERROR),
            (f"at least {INSIDE:.0%} of rows inside the range", inside >= INSIDE),
            (f"median range no wider than ± {HALF_WIDTH:.0%}", width <= HALF_WIDTH),
        )
        return [(words.replace("%", " %"), is_met) for words, is_met in targets]


def accuracy_of(found: Sequence[Outcome], tested_on: str) -> Accuracy:
    """Every table of `found`, which has at least one usable row."""
    usable = of_kind(found, Kind.USABLE)
    others = of_kind(found, Kind.OTHER_ENGINE)
    return Accuracy(
        tested_on=tested_on,
        usable=tuple(usable),
        kinds=tuple(_kinds(found)),
        peers=tuple(peer_scores(usable)),
        classes=tuple(scores_by(usable, _class_words)),
        families=tuple(
            scores_by(usable, lambda o: o.family, least_rows=LEAST_FAMILY_ROWS)
        ),
        engines=tuple(scores_by(others, lambda o: o.engine)),
        worst=tuple(worst(usable)),
        memory=tuple(published_values()),
    )


@lru_cache(maxsize=1)
def shipped_accuracy() -> Accuracy:
    """The report of this version, as `manage.py backtest --write` left it."""
    tested_on, found = from_json(FILE.read_text("utf-8"))
    return accuracy_of(found, tested_on)


def _class_words(outcome: Outcome) -> str:
    return CLASS_WORDS[HardwareClass(outcome.hardware_class)]


def _kinds(found: Sequence[Outcome]) -> Iterator[Score]:
    for kind, words in KIND_WORDS.items():
        members = of_kind(found, kind)
        if members:
            yield score(words, members)
    members = of_kind(found, PREFILL)
    if members:
        yield score(PREFILL_WORDS, members)


def as_lines(accuracy: Accuracy) -> Iterator[str]:
    """The report as text."""
    yield "Decode, tokens a second; every device against constants that never saw it"
    yield _head("Kind of row")
    yield from map(_line, accuracy.kinds)
    yield _head("Two other calculators, on the rows of the first line")
    yield from map(_line, accuracy.peers)
    for title, scores in (
        ("Class of hardware", accuracy.classes),
        ("Family of models", accuracy.families),
        ("Other engines", accuracy.engines),
    ):
        yield _head(title)
        yield from map(_line, scores)
    yield "\nFurthest off"
    for outcome in accuracy.worst:
        yield (
            f"  {outcome.slug}  {outcome.label} on {outcome.hardware}: "
            f"{outcome.measured:.1f} measured, {outcome.expected:.1f} expected"
        )
    yield "\nPublished memory figures"
    for value in accuracy.memory:
        yield f"  {value.key:<4} {value.words:<50} {value.error:+8.3%}"
    yield "\nTargets"
    for words, is_met in accuracy.targets:
        yield f"  {'met' if is_met else 'MISSED':<7} {words}"


def _head(title: str) -> str:
    return f"\n{title:<58} rows dev. median   mean    90 %  inside  range"


def _line(score: Score) -> str:
    line = (
        f"{score.name[:57]:<58} {score.rows:4} {score.devices:4} "
        f"{score.median_error:6.1%} {score.mean_error:6.1%} "
        f"{score.ninetieth_error:7.1%}"
    )
    if score.inside is None or score.half_width is None:
        return line
    return f"{line} {score.inside:6.1%}  ± {score.half_width:.0%}"
