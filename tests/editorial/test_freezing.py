"""The digest names what an editor decided; old shapes are lifted, never rewritten."""

import copy
import dataclasses
import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.freezing import canonical, digest_of, lift, schema_problems
from editorial.models import Publication
from editorial.reading import live_page
from editorial.registry import document_kind, register_document_kind
from editorial.review import publication_problems
from editorial.workflow import restore
from tests.comparisons.factories import (
    make_comparison,
    make_published_comparison,
    make_verdict,
)
from tests.editorial.factories import make_writer

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
bodies = st.dictionaries(st.text(), values)


def reversed_keys(value):
    if isinstance(value, dict):
        return {key: reversed_keys(value[key]) for key in reversed(value)}
    if isinstance(value, list):
        return [reversed_keys(item) for item in value]
    return value


def plain_types(value):
    if isinstance(value, dict):
        return {type(key) for key in value}.union(*map(plain_types, value.values()))
    if isinstance(value, list):
        return set().union(*map(plain_types, value))
    return {type(value)}


@pytest.mark.static
@given(bodies)
def test_the_digest_does_not_depend_on_the_order_of_keys(body):
    assert digest_of(reversed_keys(body)) == digest_of(body)


@pytest.mark.static
@given(bodies)
def test_the_digest_survives_a_trip_through_json(body):
    assert digest_of(json.loads(json.dumps(body))) == digest_of(body)


@pytest.mark.static
@given(st.lists(values, min_size=2, unique_by=canonical))
def test_the_digest_depends_on_the_order_of_lists(items):
    assert digest_of({"a": items}) != digest_of({"a": items[::-1]})


def test_the_digest_leaves_out_what_the_renderer_made_at_any_depth():
    def body(html, renderer):
        text = {"source": "**x**", "html": html, "renderer": renderer, "pins": []}
        return {"answer": text, "points": [{"text": text}]}

    assert digest_of(body("<b>x</b>", "1")) == digest_of(body("<strong>", "2"))


@pytest.mark.parametrize(
    "change", [{"source": "y"}, {"pins": [{"raw": "1"}]}, {"other": ""}]
)
def test_everything_else_in_a_text_counts(change):
    text = {"source": "x", "html": "x", "renderer": "1", "pins": []}

    assert digest_of({"answer": text | change}) != digest_of({"answer": text})


@pytest.mark.django_db
@pytest.mark.parametrize("make", [make_comparison, make_verdict])
def test_a_frozen_document_is_plain_json_and_the_same_every_time(make):
    document = make()
    kind = document_kind(document.kind)
    body = kind.freeze(document)

    assert plain_types(body) <= {str, int, bool, type(None)}
    assert kind.freeze(document) == body
    assert json.loads(canonical(body)) == body
    assert schema_problems(kind, body) == []


@pytest.mark.django_db
def test_the_database_gives_back_the_very_body_that_was_digested():
    make_published_comparison(
        thesis="Ω “quotes” 😀 \\ / \u2028", names=["Älpha <b>", "Béta & co"]
    )

    publication = Publication.objects.get()

    assert digest_of(publication.body) == publication.digest


@pytest.mark.django_db
def test_a_body_of_another_shape_is_refused_with_a_sentence():
    comparison = make_comparison()
    body = document_kind("comparison").freeze(comparison)
    body["sides"][0]["name"] = 5
    del body["thesis"]

    sentences = [str(problem) for problem in publication_problems_of(comparison, body)]

    assert any(sentence.startswith("Sides › 1 › name: ") for sentence in sentences)
    assert any("'thesis' is a required property" in text for text in sentences)


@pytest.mark.django_db
def test_a_shape_that_no_word_speaks_of_keeps_a_text_from_its_readers():
    comparison = make_comparison()
    body = document_kind("comparison").freeze(comparison)

    problems = publication_problems(comparison, body | {"surprise": 1})

    assert ["'surprise' was unexpected" in str(problem) for problem in problems] == [
        True
    ]


def publication_problems_of(comparison, body):
    assert publication_problems(comparison) == []
    return schema_problems(document_kind("comparison"), body)


def to_schema_2(body):
    return body | {"thesis": body["thesis"].upper()}


def to_schema_3(body):
    return {key: value for key, value in body.items() if key != "measured_note"} | {
        "measured": {"note": body["measured_note"]}
    }


@pytest.fixture
def newer_kind():
    """The comparison as a later program knows it: schema 3, with two upcasters."""
    kind = document_kind("comparison")
    yield dataclasses.replace(
        kind, schema=3, upcasters={1: to_schema_2, 2: to_schema_3}
    )
    register_document_kind(kind)


def test_an_old_body_is_lifted_step_by_step(newer_kind):
    body = {"schema": 1, "thesis": "words", "measured_note": "A note."}
    before = copy.deepcopy(body)

    lifted = lift(newer_kind, body)

    assert lifted == {"schema": 3, "thesis": "WORDS", "measured": {"note": "A note."}}
    assert body == before


def test_a_body_of_today_is_left_as_it_is(newer_kind):
    body = {"schema": 3, "thesis": "words"}

    assert lift(newer_kind, body) == body


def test_a_body_from_the_future_is_refused():
    with pytest.raises(ValueError, match="older than its data"):
        lift(document_kind("comparison"), {"schema": 99})


def test_a_shape_without_an_upcaster_is_refused(newer_kind):
    kind = dataclasses.replace(newer_kind, upcasters={1: to_schema_2})

    with pytest.raises(ValueError, match="from schema 2"):
        lift(kind, {"schema": 1, "thesis": "words"})


@pytest.mark.django_db
def test_pages_and_restoring_lift_an_old_version_that_stays_as_stored(newer_kind):
    comparison = make_published_comparison(names=["Alpha", "Beta"])
    stored = Publication.objects.get()
    register_document_kind(
        dataclasses.replace(newer_kind, schema=2, upcasters={1: to_schema_2})
    )

    page = live_page(stored.path)
    restore(comparison, by=make_writer(), body=stored.body, note="Back.")

    assert page.body["thesis"] == comparison.thesis == stored.body["thesis"].upper()
    stored.refresh_from_db()
    assert (stored.schema, stored.body["schema"]) == (1, 1)
    assert digest_of(stored.body) == stored.digest


@pytest.mark.django_db
def test_dates_are_frozen_as_text():
    document = make_comparison(verified_on=datetime.date(2026, 11, 20))

    body = document_kind("comparison").freeze(document)

    assert (body["verified_on"], body["review_due_on"]) == ("2026-11-20", "2027-02-18")
