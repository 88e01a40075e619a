"""Which cell leads, and what a tie means."""

import pytest

from comparisons.matrix import leading_side, sides_of
from comparisons.tally import RuleLine, tally


def dimension(edge=None, **ratings):
    return {
        "edge": edge,
        "ratings": [{"side": s, "rating": r} for s, r in ratings.items()],
    }


def test_the_better_rating_leads():
    assert leading_side(dimension(a="strong", b="limited")) == "a"


def test_a_tie_has_no_leader_unless_the_editor_marks_one():
    assert leading_side(dimension(a="strong", b="strong")) is None
    assert leading_side(dimension(edge="b", a="strong", b="strong")) == "b"


def test_not_applicable_neither_leads_nor_trails():
    assert leading_side(dimension(a="poor", b="not_applicable")) is None


def test_poor_is_a_rating_and_not_a_gap():
    assert leading_side(dimension(a="poor", b="limited")) == "b"


SIDES = [
    {
        "uid": uid,
        "key": uid,
        "name": uid.upper(),
        "one_liner": "",
        "provenance": "editorial",
        "choose_if": [],
        "fact": None,
    }
    for uid in ("a", "b")
]


def rules(*choices):
    sides = {side.uid: side for side in sides_of({"sides": SIDES})}
    return [
        RuleLine(str(n), "s", "r", sides.get(choice), [], is_ticked=True)
        for n, choice in enumerate(choices)
    ]


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        (("a", "a", "b"), "2 of your 3 situations speak for A."),
        (("a", "b"), "Your 2 situations do not point to one side."),
        ((None,), "Your 1 situation does not point to one side."),
    ],
)
def test_ticked_rules_are_added_up_in_a_sentence(choices, sentence):
    assert tally({"sides": SIDES}, rules(*choices)).sentence == sentence


def test_nothing_ticked_says_nothing():
    assert tally({"sides": SIDES}, []) is None
