"""A new comparison begins with its sides and the usual rows, and nothing judged."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from comparisons.models import Comparison, DimensionTemplate, Subject
from editorial.models import Checkpoint, EditorialEvent, EventAction
from tests.catalog.factories import make_engine, make_hardware
from tests.editorial.factories import make_person, make_writer

pytestmark = pytest.mark.django_db

BEGIN = "/admin/comparisons/comparison/new/"


def add_usual_rows():
    """The shipped templates, whatever an earlier test left of them."""
    DimensionTemplate.objects.all().delete()
    import_module("comparisons.migrations.0004_usual_rows").add_templates(apps, None)


@pytest.fixture
def writer(client):
    writer = make_writer()
    client.force_login(writer)
    return writer


@pytest.fixture
def two_engines():
    return make_engine("Alpha"), make_engine("Beta")


def begin(client, **values):
    data = {"subject": "engine", "side_1": "Alpha", "side_2": "beta", "template": ""}
    return client.post(BEGIN, data | values)


@pytest.mark.parametrize("subject", Subject.values)
def test_each_kind_has_rows_that_fit_a_matrix(subject):
    add_usual_rows()

    template = DimensionTemplate.objects.usual_for(subject)

    assert template.rows.count() >= 7
    for row in template.rows.all():
        row.full_clean()


def test_the_usual_rows_come_unrated_with_both_sides(client, writer, two_engines):
    template = DimensionTemplate.objects.usual_for("engine")

    response = begin(client)

    comparison = Comparison.objects.get()
    change = reverse("admin:comparisons_comparison_change", args=[comparison.pk])
    assert response.url == change
    assert [side.fact for side in comparison.sides.all()] == list(two_engines)
    labels = [row.label for row in comparison.dimensions.all()]
    assert labels == [row.label for row in template.rows.all()]
    assert not any(row.ratings.exists() for row in comparison.dimensions.all())
    assert (comparison.title, comparison.slug) == ("Alpha vs Beta", "alpha-vs-beta")


def test_the_beginning_is_in_the_trail(client, writer, two_engines):
    begin(client)

    event = EditorialEvent.objects.of_action(EventAction.SAVE).get()
    assert event.actor == writer
    assert event.note.startswith("Begun with the rows of")
    assert Checkpoint.objects.count() == 1


def test_a_draft_may_begin_without_rows(client, writer, two_engines):
    begin(client, template="none")

    assert not Comparison.objects.get().dimensions.exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"side_2": "Nobody"}, "is called “Nobody”"),
        ({"side_2": "Alpha"}, "A side is named twice"),
        ({"side_2": ""}, "This field is required"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    client, writer, two_engines, values, sentence
):
    page = begin(client, **values).content.decode()

    assert sentence in page
    assert not Comparison.objects.exists()


def test_rows_of_another_kind_are_refused(client, writer, two_engines):
    other = DimensionTemplate.objects.usual_for("hardware")

    page = begin(client, template=str(other.pk)).content.decode()

    assert "These rows are for another kind." in page


def test_a_pair_that_is_compared_already_is_named_with_its_address(
    client, writer, two_engines
):
    begin(client)
    known = Comparison.objects.get()

    page = begin(client, side_1="Beta", side_2="Alpha").content.decode()

    assert reverse("admin:comparisons_comparison_change", args=[known.pk]) in page
    assert Comparison.objects.count() == 1


def test_a_third_side_makes_another_comparison(client, writer, two_engines):
    make_engine("Gamma")
    begin(client)

    begin(client, side_3="Gamma")

    assert Comparison.objects.get(slug="alpha-vs-beta-vs-gamma").sides.count() == 3


def test_ways_to_deploy_have_names_only_and_hardware_its_own_rows(client, writer):
    make_hardware(name="Card A")
    make_hardware(name="Card B")

    begin(client, subject="deployment", side_1="At home", side_2="In a cloud")
    begin(client, subject="hardware", side_1="Card A", side_2="Card B")

    titles = set(Comparison.objects.values_list("title", flat=True))
    assert titles == {"At home vs In a cloud", "Card A vs Card B"}


def test_a_person_who_may_not_write_may_not_begin(client):
    client.force_login(make_person())

    assert client.get(BEGIN).status_code == 403
    assert begin(client).status_code == 403


def test_looking_at_the_form_makes_nothing(client, writer):
    assert client.get(BEGIN).status_code == 200
    assert not Comparison.objects.exists()
