"""How far a measurement is trusted: the rule, held against any evidence."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from benchmarks.confidence import Evidence, assess, level_before_age, level_with_age
from benchmarks.confidence_rules import (
    AGREEMENT,
    BASE_TIERS,
    DISAGREEMENT,
    FEW_ITEMS,
    RECORD_ITEMS,
    TIERS,
)
from editorial.vocabularies import BenchmarkSource, Confidence

TODAY = datetime.date(2026, 11, 24)
ALL_ITEMS = frozenset(RECORD_ITEMS)
ENOUGH_ITEMS = frozenset(list(RECORD_ITEMS)[: FEW_ITEMS + 1])

evidences = st.builds(
    Evidence,
    source_kind=st.sampled_from(BenchmarkSource),
    today=st.just(TODAY),
    measured_on=st.none() | st.dates(datetime.date(2022, 1, 1), TODAY),
    stated=st.frozensets(st.sampled_from(list(RECORD_ITEMS))),
    reproductions=st.integers(0, 5),
    spread=st.none() | st.decimals(0, 2, places=3),
    equal_rows=st.integers(0, 4),
    engine_changes=st.lists(st.sampled_from(["b1", "b2"]), max_size=2).map(tuple),
    is_doubtful=st.booleans(),
)


def level(evidence):
    return TIERS.index(assess(evidence).tier)


def community(**known):
    """A young and doubtless community row with most of its record."""
    values = {"measured_on": TODAY, "stated": ENOUGH_ITEMS} | known
    return Evidence(BenchmarkSource.COMMUNITY, TODAY, **values)


@given(evidences, st.integers(1, 3))
def test_more_reproductions_never_lower_the_tier(evidence, more):
    better = replace(evidence, reproductions=evidence.reproductions + more)

    assert level(better) >= level(evidence)


@given(evidences, st.sampled_from(list(RECORD_ITEMS)))
def test_a_fuller_record_never_lowers_the_tier(evidence, item):
    better = replace(evidence, stated=evidence.stated | {item})

    assert level(better) >= level(evidence)


@given(evidences, st.decimals(0, 1, places=3))
def test_a_smaller_spread_never_lowers_the_tier(evidence, share):
    assume(evidence.spread is not None)
    better = replace(evidence, spread=evidence.spread * share)

    assert level(better) >= level(evidence)


@given(evidences, st.integers(1, 2000))
def test_a_younger_measurement_is_never_trusted_less(evidence, days):
    assume(evidence.measured_on is not None)
    younger = evidence.measured_on + datetime.timedelta(days)

    assert level(replace(evidence, measured_on=younger)) >= level(evidence)


@given(evidences)
def test_giving_a_date_never_lowers_the_tier(evidence):
    assert level(evidence) >= level(replace(evidence, measured_on=None))


@given(evidences)
def test_every_move_away_from_the_start_has_its_reason(evidence):
    found = assess(evidence)

    start = TIERS.index(BASE_TIERS[evidence.source_kind])
    down = [step for step in found.steps if step.change < 0]
    up = [step for step in found.steps if step.change > 0]
    assert level(evidence) >= start or down
    assert level(evidence) <= start or up
    assert all(reason.endswith(".") for reason in found.reasons)


@given(evidences)
def test_below_the_top_something_would_raise_it(evidence):
    found = assess(evidence)

    assert bool(found.raised_by) is (found.tier != Confidence.VERY_HIGH)


@given(evidences)
def test_equal_evidence_is_judged_equally(evidence):
    assert assess(evidence) == assess(replace(evidence))


@given(evidences)
def test_no_confidence_is_given_as_a_percentage(evidence):
    found = assess(evidence)

    assert isinstance(found.tier, Confidence)
    percentages = [text for text in found.reasons if "%" in text]
    assert all("apart" in text for text in percentages)


@given(evidences)
def test_doubtful_rows_are_low_whatever_else_is_known(evidence):
    assert assess(replace(evidence, is_doubtful=True)).tier == Confidence.LOW


@given(evidences)
def test_what_is_stored_and_the_age_rule_give_the_tier(evidence):
    stored = level_before_age(evidence)

    assert level_with_age(stored, evidence.measured_on, TODAY) == level(evidence)


@pytest.mark.parametrize(
    ("evidence", "tier"),
    [
        (community(stated=frozenset()), Confidence.LOW),
        (community(), Confidence.MODERATE),
        (community(stated=ALL_ITEMS), Confidence.HIGH),
        (community(spread=AGREEMENT, equal_rows=1), Confidence.HIGH),
        (community(spread=AGREEMENT, equal_rows=0), Confidence.MODERATE),
        (community(spread=DISAGREEMENT, equal_rows=1), Confidence.LOW),
        (community(reproductions=1), Confidence.HIGH),
        (community(reproductions=2), Confidence.HIGH),
        (community(reproductions=3), Confidence.VERY_HIGH),
        (community(engine_changes=("b2",)), Confidence.LOW),
        (community(measured_on=None), Confidence.LOW),
        (community(measured_on=datetime.date(2025, 5, 24)), Confidence.LOW),
        (community(measured_on=datetime.date(2025, 5, 25)), Confidence.MODERATE),
        (
            replace(community(stated=ALL_ITEMS), source_kind=BenchmarkSource.OWNER),
            Confidence.HIGH,
        ),
    ],
)
def test_typical_rows_get_these_tiers(evidence, tier):
    assert assess(evidence).tier == tier


def test_nobody_is_trusted_very_highly_on_their_own_word():
    owner = replace(community(stated=ALL_ITEMS), source_kind=BenchmarkSource.OWNER)

    found = assess(replace(owner, spread=Decimal(0), equal_rows=3))

    assert found.tier == Confidence.HIGH
    assert "Nobody has reproduced it: high at most." in found.reasons
    assert found.raised_by == [
        "Another operator reproduces the run on another machine."
    ]


def test_disagreement_of_equal_rows_calls_for_a_look():
    assert assess(community(spread=DISAGREEMENT)).is_contested is True
    assert assess(community(spread=DISAGREEMENT - Decimal("0.001"))).is_contested is (
        False
    )


@pytest.mark.parametrize(
    ("measured_on", "is_stale", "is_off_lists"),
    [
        (datetime.date(2025, 5, 25), False, False),
        (datetime.date(2025, 5, 24), True, False),
        (datetime.date(2024, 11, 25), True, False),
        (datetime.date(2024, 11, 24), True, True),
        (None, False, False),
    ],
)
def test_age_is_counted_in_months_to_the_day(measured_on, is_stale, is_off_lists):
    found = assess(community(measured_on=measured_on))

    assert (found.is_stale, found.is_off_lists) == (is_stale, is_off_lists)


def test_where_nothing_alone_helps_it_says_so():
    bare = community(stated=frozenset(), is_doubtful=True, measured_on=None)

    found = assess(bare)

    assert found.takes_one is False
    assert found.raised_by[0] == "An editor settles what contradicts the figure."
