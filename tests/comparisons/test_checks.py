"""Each thing an editor owes, in a sentence that names it."""

import pytest

from editorial.review import publication_problems
from tests.comparisons.factories import make_comparison, make_verdict

pytestmark = pytest.mark.django_db


def sentences(document):
    return [str(problem) for problem in publication_problems(document)]


def test_a_complete_comparison_owes_nothing():
    assert sentences(make_comparison()) == []


def test_a_complete_verdict_owes_nothing():
    assert sentences(make_verdict()) == []


def test_a_rating_with_a_number_needs_a_source():
    comparison = make_comparison()
    rating = comparison.dimensions.first().ratings.first()
    rating.reason = "It is 30 % faster."
    rating.save()

    assert any("a claim without a source" in text for text in sentences(comparison))


def test_a_verdict_with_the_word_only_needs_a_source():
    comparison = make_comparison()
    comparison.verdict = "The only one that works."
    comparison.save()

    assert "The verdict makes a claim without a source." in sentences(comparison)


def test_a_dimension_without_a_rating_names_the_side():
    comparison = make_comparison(names=["Alpha", "Beta"])
    comparison.dimensions.first().ratings.filter(side__engine__name="Beta").delete()

    assert "“Speed” has no rating for Beta." in sentences(comparison)


def test_a_side_without_failure_modes_is_named():
    comparison = make_comparison(names=["Alpha", "Beta"])
    comparison.failure_modes.filter(side__engine__name="Alpha").delete()

    assert "Say what breaks first with Alpha." in sentences(comparison)


def test_a_side_is_not_compared_with_itself():
    comparison = make_comparison(names=["Alpha", "Beta"])
    first, second = comparison.sides.all()
    second.engine = first.engine
    second.save()

    assert "“alpha” is compared with itself." in sentences(comparison)


def test_a_verdict_without_a_limit_is_no_verdict():
    verdict = make_verdict()
    verdict.points.filter(group="limits").delete()

    assert any("reason against" in text for text in sentences(verdict))


def test_a_pin_that_names_nothing_blocks():
    comparison = make_comparison()
    comparison.verdict = "It moves {hardware:no-such-card memory_bytes} a second."
    comparison.save()

    assert any("names no fact" in text for text in sentences(comparison))
