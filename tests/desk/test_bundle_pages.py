"""Bundles in the desk: filling one, seeing what is owed, letting it go."""

import pytest
from django.urls import reverse
from django.utils import timezone

from editorial.models import Bundle, Publication
from tests.comparisons.factories import make_comparison, make_verdict
from tests.editorial.bundle_steps import make_bundle, make_ready_bundle
from tests.editorial.factories import make_person, make_publisher, make_writer
from tests.editorial.steps import edit

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(client):
    person = make_publisher("pat")
    client.force_login(person)
    return person


def url(bundle, view="change", *args):
    return reverse(f"admin:editorial_bundle_{view}", args=[bundle.pk, *args])


def test_a_bundle_is_made_filled_by_title_or_slug_and_released(client, publisher):
    bundle, (comparison, verdict) = make_ready_bundle(publisher)
    bundle.items.all().delete()
    response = client.post(
        reverse("admin:editorial_bundle_add"), {"name": "Week 48", "purpose": ""}
    )
    bundle = Bundle.objects.get(name="Week 48")
    assert response["Location"] == url(bundle)
    assert bundle.created_by == publisher

    for text in (comparison.title.upper(), verdict.slug):
        client.post(url(bundle, "add_document"), {"document": text})
    page = client.get(url(bundle)).content.decode()
    assert page.count("Nothing: it is ready.") == 2
    client.post(url(bundle, "step", "release"), {"note": "The launch."})

    assert Publication.objects.live().count() == 2
    page = client.get(url(bundle)).content.decode()
    assert "Went live" in page
    assert "Add a document" not in page


def test_the_page_says_what_each_document_owes(client, publisher):
    bundle, (comparison, _) = make_ready_bundle(publisher)
    edit(comparison, thesis="")

    page = client.get(url(bundle)).content.decode()

    assert "has changed since it was approved" in page
    assert "“Thesis” is empty." in page
    assert "1 of 2 is not ready" in page


def test_a_release_that_is_refused_names_every_problem_and_writes_nothing(
    client, publisher
):
    bundle, _ = make_ready_bundle(publisher)
    bare = make_comparison(title="Bare")
    client.post(url(bundle, "add_document"), {"document": "Bare"})

    response = client.post(url(bundle, "step", "release"), {"note": ""})

    assert "“Bare”: Nobody has approved this text yet" in response.content.decode()
    assert not Publication.objects.exists()
    client.post(url(bundle, "remove_document", bare.uid))
    assert bundle.items.count() == 2


def test_a_bundle_is_scheduled_and_cancelled(client, publisher):
    bundle, _ = make_ready_bundle(publisher)
    step = url(bundle, "step", "schedule")
    past = client.post(step, {"note": "", "at_0": "2020-01-01", "at_1": "12:00"})
    assert "moment in the future" in past.content.decode()

    client.post(step, {"note": "", "at_0": "2999-01-01", "at_1": "12:00"})
    assert Publication.objects.upcoming(timezone.now()).count() == 2
    assert "Goes live" in client.get(url(bundle)).content.decode()

    client.post(url(bundle, "step", "cancel"), {"note": "Too early."})
    assert not Publication.objects.upcoming(timezone.now()).exists()


def test_titles_are_offered_and_shared_ones_by_their_slugs(client, publisher):
    make_comparison(title="Alpha vs Beta")
    make_comparison(title="Same", slug="same-one")
    make_verdict(title="Same", slug="same-two")

    def offered(term):
        found = client.get(reverse("admin:editorial_bundle_pick"), {"term": term})
        return [row["text"] for row in found.json()["results"]]

    assert offered("alpha") == ["Alpha vs Beta"]
    assert offered("same") == ["same-one", "same-two"]


def test_an_unclear_or_unknown_title_is_refused_with_a_way_on(client, publisher):
    make_comparison(title="Same", slug="same-one")
    make_verdict(title="Same", slug="same-two")
    bundle = make_bundle(by=publisher)
    add = url(bundle, "add_document")

    unclear = client.post(add, {"document": "Same"}).content.decode()
    assert "Give the slug: same-one or same-two." in unclear
    unknown = client.post(add, {"document": "Nothing"}).content.decode()
    assert "No document is called “Nothing”" in unknown
    client.post(add, {"document": "same-two"})
    twice = client.post(add, {"document": "same-two"}).content.decode()
    assert "stands in the bundle" in twice


def test_the_panel_of_a_document_says_in_which_bundle_it_stands(client, publisher):
    bundle, (comparison, _) = make_ready_bundle(publisher)
    change = reverse("admin:comparisons_comparison_change", args=[comparison.pk])

    page = client.get(change).content.decode()

    assert f'Waits in the bundle <a href="{url(bundle)}">Launch</a>' in page


def test_a_writer_reads_a_bundle_and_changes_nothing(client, publisher):
    bundle, (comparison, _) = make_ready_bundle(publisher)
    client.force_login(make_writer())

    page = client.get(url(bundle))
    assert page.status_code == 200
    assert "Add a document" not in page.content.decode()
    assert client.get(url(bundle, "step", "release")).status_code == 403
    assert client.post(url(bundle, "step", "release")).status_code == 403
    assert client.post(url(bundle, "add_document")).status_code == 403
    remove = url(bundle, "remove_document", comparison.uid)
    assert client.post(remove).status_code == 403
    assert client.get(url(bundle, "details")).status_code in {200, 403}
    assert client.get(reverse("admin:editorial_bundle_pick")).status_code == 403
    client.force_login(make_person())
    assert client.get(url(bundle)).status_code == 403


def test_changes_need_a_post(client, publisher):
    bundle, (comparison, _) = make_ready_bundle(publisher)

    assert client.get(url(bundle, "add_document")).status_code == 405
    remove = url(bundle, "remove_document", comparison.uid)
    assert client.get(remove).status_code == 405
    assert client.get(url(bundle, "step", "release")).status_code == 200
    assert not Publication.objects.exists()
    assert bundle.items.count() == 2


def test_an_open_bundle_can_be_renamed_or_taken_apart_a_released_one_stays(
    client, publisher
):
    bundle, _ = make_ready_bundle(publisher)
    client.post(url(bundle, "details"), {"name": "New name", "purpose": "Because."})
    assert Bundle.objects.get().name == "New name"
    client.post(url(bundle, "step", "release"), {"note": ""})

    assert client.post(url(bundle, "delete"), {"post": "yes"}).status_code == 403
    other = make_bundle(by=publisher, name="Other")
    client.post(url(other, "delete"), {"post": "yes"})
    assert list(Bundle.objects.values_list("name", flat=True)) == ["New name"]


def test_the_list_tells_what_each_bundle_is(client, publisher):
    make_ready_bundle(publisher)

    page = client.get(reverse("admin:editorial_bundle_changelist")).content.decode()

    assert '<td class="field-state">open</td>' in page
    assert '<td class="field-document_count">2</td>' in page
