"""Writing in the desk: forms, sources, rows, and two people at once."""

import pytest
from django.urls import reverse

from comparisons.models import Comparison
from editorial.models import Checkpoint, Source
from tests.catalog.factories import make_engine
from tests.comparisons.factories import make_comparison, make_published_comparison
from tests.editorial.factories import make_publisher, make_source, make_writer

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ADD = "/admin/comparisons/comparison/add/"


def change_url(comparison):
    return reverse("admin:comparisons_comparison_change", args=[comparison.pk])


def form_data(client, url):
    """What a browser would send back if the editor changed nothing."""
    return data_of(client.get(url).context)


def data_of(context):
    data = {}
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            if bound.field.__class__.__name__ == "BooleanField":
                continue
            data[bound.html_name] = "" if value is None else value
    return data


@pytest.fixture
def writer(client):
    writer = make_writer("wilma")
    client.force_login(writer)
    return writer


def test_a_new_comparison_is_begun_with_its_sides(client, writer):
    make_engine("Alpha")
    make_engine("Beta")
    data = form_data(client, ADD) | {
        "subject": "engine",
        "title": "Alpha vs Beta",
        "slug": "alpha-vs-beta",
        "sides-0-engine": "Alpha",
        "sides-1-engine": "beta",
    }

    response = client.post(ADD, data)

    assert response.status_code == 302
    comparison = Comparison.objects.get()
    assert [side.display_name for side in comparison.sides.all()] == ["Alpha", "Beta"]
    assert Checkpoint.objects.get().saved_by == writer


def test_a_save_without_a_change_makes_no_checkpoint(client, writer):
    comparison = make_comparison()
    url = change_url(comparison)

    client.post(url, form_data(client, url))

    assert Checkpoint.objects.filter(document_uid=comparison.uid).count() == 1


def test_ratings_are_written_beside_their_dimension(client, writer):
    comparison = make_comparison()
    url = change_url(comparison)
    side = comparison.sides.first()
    source = make_source()
    data = form_data(client, url) | {
        f"dimensions-0-side_{side.pk}_value": "excellent",
        f"dimensions-0-side_{side.pk}_reason": "3 times as fast.",
        f"dimensions-0-side_{side.pk}_sources": source.url,
    }

    assert client.post(url, data).status_code == 302

    rating = comparison.dimensions.first().ratings.get(side=side)
    assert (rating.value, rating.reason) == ("excellent", "3 times as fast.")
    assert list(rating.sources.all()) == [source]


def test_a_reason_without_a_rating_is_refused_and_kept_on_the_form(client, writer):
    comparison = make_comparison()
    url = change_url(comparison)
    side = comparison.sides.first()
    data = form_data(client, url) | {
        f"dimensions-0-side_{side.pk}_value": "",
        f"dimensions-0-side_{side.pk}_reason": "Words that must not be lost.",
    }

    response = client.post(url, data)

    page = response.content.decode()
    assert response.status_code == 200
    assert "Choose a rating for" in page
    assert "Words that must not be lost." in page


def test_an_unknown_source_asks_for_its_title_and_kind(client, writer):
    comparison = make_comparison()
    url = change_url(comparison)
    data = form_data(client, url) | {"answer_sources": "https://example.org/new"}

    page = client.post(url, data).content.decode()

    assert "is new here. Add its title and kind" in page
    assert not Source.objects.filter(url="https://example.org/new").exists()


def test_a_new_source_is_made_from_its_line(client, writer):
    comparison = make_comparison()
    url = change_url(comparison)
    line = "https://example.org/new | A new page | official docs"

    client.post(url, form_data(client, url) | {"answer_sources": line})

    source = comparison.answer_sources.get()
    assert (source.title, source.kind) == ("A new page", "official_docs")
    assert source.publisher == "example.org"


def test_a_row_without_a_position_goes_last(client, writer):
    comparison = make_comparison()
    url = change_url(comparison)
    data = form_data(client, url)
    data |= {
        "rules-TOTAL_FORMS": 3,
        "rules-2-situation": "You came later",
        "rules-2-reason": "It happens.",
        "rules-2-choice": "",
        "rules-2-sources": "",
        "rules-2-position": 0,
        "rules-2-id": "",
        "rules-2-comparison": comparison.pk,
    }

    assert client.post(url, data).status_code == 302

    assert comparison.rules.last().situation == "You came later"
    assert [rule.position for rule in comparison.rules.all()] == [1, 2, 3]


def test_deleting_a_side_takes_what_spoke_of_it_along(client, writer):
    comparison = make_comparison(names=["Alpha", "Beta", "Gamma"])
    url = change_url(comparison)

    response = client.post(url, form_data(client, url) | {"sides-2-DELETE": "on"})

    assert response.status_code == 302
    assert comparison.sides.count() == 2
    assert comparison.dimensions.first().ratings.count() == 2


def test_the_second_of_two_people_sees_both_texts_and_loses_neither(client, writer):
    comparison = make_comparison(thesis="As it was.")
    url = change_url(comparison)
    late = form_data(client, url) | {"thesis": "The late words."}
    client.post(url, form_data(client, url) | {"thesis": "The first words."})

    response = client.post(url, late)

    assert response.status_code == 409
    (collision,) = response.context["meeting"].collisions()
    shown = [collision.theirs, collision.mine]
    texts = ["".join(piece.text for piece in pieces) for pieces in shown]
    assert texts == ["The first words.", "The late words."]
    comparison.refresh_from_db()
    assert comparison.thesis == "The first words."
    kept = Checkpoint.objects.get(is_conflict=True)
    assert kept.body["thesis"] == "The late words."


def test_the_late_text_can_replace_the_first(client, writer):
    comparison = make_comparison(thesis="As it was.")
    url = change_url(comparison)
    late = form_data(client, url) | {"thesis": "The late words."}
    client.post(url, form_data(client, url) | {"thesis": "The first words."})
    client.post(url, late)
    kept = Checkpoint.objects.get(is_conflict=True)

    client.post(f"{url[:-7]}restore/", {"text": f"checkpoint-{kept.pk}"})

    comparison.refresh_from_db()
    assert comparison.thesis == "The late words."


def test_a_published_document_cannot_be_deleted(client):
    comparison = make_published_comparison()
    client.force_login(make_publisher())

    response = client.post(f"{change_url(comparison)[:-7]}delete/", {"post": "yes"})

    assert response.status_code == 403
