"""Swapping, replacing, adding and dropping sides of a working copy.

What is said of a side follows it: ratings, rules and failure modes keep their uids.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from comparisons.beginning import SideChoice, title_of
from comparisons.models import MAX_SIDES, MIN_SIDES, Comparison, ComparisonSide
from editorial.drafts import record_save, require_lock_version
from editorial.problems import WrongStateError
from editorial.transitions import begin


@dataclass(frozen=True)
class Loss:
    """What goes with a side that is dropped."""

    ratings: list[str]
    rules: list[str]
    failure_modes: list[str]
    edges: list[str]


def loss_of(side: ComparisonSide) -> Loss:
    comparison = side.comparison
    ratings = side.ratings.select_related("dimension")
    return Loss(
        ratings=[f"{row.dimension}: {row.get_value_display()}" for row in ratings],
        rules=[str(rule) for rule in comparison.rules.filter(choice=side)],
        failure_modes=[str(mode) for mode in side.failure_modes.all()],
        edges=[str(row) for row in comparison.dimensions.filter(edge=side)],
    )


def _begin(comparison: Comparison, by: Any, lock_version: int) -> Comparison:
    row = begin("change_sides", comparison, by)
    require_lock_version(row, lock_version)
    return row


def _names(comparison: Comparison) -> list[str]:
    return [side.display_name for side in comparison.sides.all()]


def _finish(comparison: Comparison, old: list[str], by: Any, note: str) -> None:
    """A title made from the sides follows them; then the save is recorded."""
    for position, side in enumerate(comparison.sides.all(), start=1):
        comparison.sides.filter(pk=side.pk).update(position=position)
    if comparison.title == title_of(old):
        comparison.title = title_of(_names(comparison))
        comparison.save(update_fields=["title"])
    record_save(comparison, by=by, note=note)


@transaction.atomic
def swap_sides(
    comparison: Comparison,
    first: ComparisonSide,
    second: ComparisonSide,
    *,
    by: Any,
    lock_version: int,
) -> None:
    """Let two sides change places. Raises StaleSaveError, NotAllowedError."""
    row = _begin(comparison, by, lock_version)
    if first.pk == second.pk:
        raise WrongStateError("Choose two different sides to swap.")
    old = _names(row)
    order = [side.pk for side in row.sides.all()]
    here, there = order.index(first.pk), order.index(second.pk)
    order[here], order[there] = order[there], order[here]
    for position, pk in enumerate(order, start=1):
        row.sides.filter(pk=pk).update(position=position)
    _finish(row, old, by, f"Swapped {first} and {second}.")


@transaction.atomic
def replace_side(
    comparison: Comparison,
    side: ComparisonSide,
    choice: SideChoice,
    *,
    by: Any,
    lock_version: int,
) -> None:
    """Let a side be something else; its words stay, to be rewritten."""
    row = _begin(comparison, by, lock_version)
    old, before = _names(row), str(side)
    for field, value in choice.values().items():
        setattr(side, field, value)
    side.save()
    _finish(row, old, by, f"{before} became {side}.")


@transaction.atomic
def add_side(
    comparison: Comparison, choice: SideChoice, *, by: Any, lock_version: int
) -> None:
    """A further side without ratings. Raises WrongStateError when there are four."""
    row = _begin(comparison, by, lock_version)
    old = _names(row)
    if len(old) >= MAX_SIDES:
        raise WrongStateError(f"A comparison has at most {MAX_SIDES} sides.")
    side = row.sides.create(position=len(old) + 1, **choice.values())
    _finish(row, old, by, f"Added {side}.")


@transaction.atomic
def drop_side(
    comparison: Comparison, side: ComparisonSide, *, by: Any, lock_version: int
) -> None:
    """Take a side out, with what is said of it. A checkpoint keeps the text before.

    Raises WrongStateError when only two are left.
    """
    row = _begin(comparison, by, lock_version)
    old, name = _names(row), str(side)
    if len(old) <= MIN_SIDES:
        raise WrongStateError(f"A comparison keeps at least {MIN_SIDES} sides.")
    side.delete()
    _finish(row, old, by, f"Dropped {name}.")
