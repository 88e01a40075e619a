"""Copies and changed sides: no retyping, no lost identity, no published text moved."""

import pytest
from django.urls import reverse

from comparisons.freezing import freeze_comparison
from comparisons.models import Comparison
from editorial.models import EditorialEvent, Publication
from editorial.review import approve, submit
from editorial.vocabularies import ReviewState
from tests.catalog.factories import make_engine
from tests.comparisons.factories import make_comparison, make_published_comparison
from tests.editorial.factories import make_person, make_publisher, make_writer

pytestmark = pytest.mark.django_db


def url(comparison, view, *args):
    name = f"admin:comparisons_comparison_{view}"
    return reverse(name, args=[comparison.pk, *args])


def uids(comparison):
    body = freeze_comparison(comparison)
    rows = [row for name in ("sides", "rules", "dimensions") for row in body[name]]
    rows += body["failure_modes"] + [
        r for d in body["dimensions"] for r in d["ratings"]
    ]
    return {row["uid"] for row in rows} | {body["uid"]}


def change(client, comparison, verb, **data):
    comparison.refresh_from_db()
    data = {"change": verb, "lock_version": comparison.lock_version} | data
    return client.post(url(comparison, "sides"), data)


@pytest.fixture(autouse=True)
def writer(client):
    writer = make_writer()
    client.force_login(writer)
    return writer


def test_a_copy_holds_every_child_under_a_new_uid_and_leaves_the_page_alone(client):
    original = make_published_comparison(names=["Alpha", "Beta"])
    make_engine("Gamma")
    before = freeze_comparison(original)

    client.post(url(original, "copy"), {"side_1": "Alpha", "side_2": "Gamma"})

    copy = Comparison.objects.exclude(pk=original.pk).get()
    assert copy.title == "Alpha vs Gamma"
    assert len(uids(copy)) == len(uids(original))
    assert not uids(copy) & uids(original)
    assert freeze_comparison(original) == before
    assert Publication.objects.count() == 1
    assert copy.verified_on is None
    assert copy.review_state == ReviewState.DRAFT
    event = EditorialEvent.objects.get(document_uid=copy.uid)
    assert str(original.uid) in event.note


def test_a_copy_with_the_same_sides_is_refused(client):
    original = make_comparison(names=["Alpha", "Beta"])

    page = client.post(url(original, "copy"), {"side_1": "Alpha", "side_2": "Beta"})

    assert "compared already" in page.content.decode()
    assert Comparison.objects.count() == 1


def test_swapped_sides_keep_all_that_is_said_of_them(client):
    comparison = make_comparison(names=["Alpha", "Beta"])
    first, second = comparison.sides.all()
    before = uids(comparison)

    change(client, comparison, "swap", first=first.pk, second=second.pk)

    comparison.refresh_from_db()
    assert list(comparison.sides.all()) == [second, first]
    assert comparison.title == "Beta vs Alpha"
    assert uids(comparison) == before
    assert first.ratings.count() == 3


def test_a_replaced_side_keeps_its_words(client):
    comparison = make_comparison(names=["Alpha", "Beta"], title="Our own title")
    first = comparison.sides.first()
    make_engine("Gamma")
    before = uids(comparison)

    change(client, comparison, "replace", first=first.pk, side_1="gamma")

    first.refresh_from_db()
    comparison.refresh_from_db()
    assert first.display_name == "Gamma"
    assert uids(comparison) == before
    assert comparison.title == "Our own title"


def test_a_side_is_added_without_ratings_and_dropped_with_its_own_alone(client):
    comparison = make_comparison(names=["Alpha", "Beta"])
    make_engine("Gamma")
    change(client, comparison, "add", side_1="Gamma")
    added = comparison.sides.last()
    assert (added.display_name, added.ratings.count()) == ("Gamma", 0)
    beta = comparison.sides.get(engine__name="Beta")
    kept = {str(row.uid) for row in comparison.sides.first().ratings.all()}
    page = client.get(url(comparison, "drop_side", beta.uid)).content.decode()
    assert "3 ratings: Speed: Limited" in page
    assert "1 failure mode: It stops" in page
    assert comparison.sides.count() == 3

    comparison.refresh_from_db()
    state = {"lock_version": comparison.lock_version}
    client.post(url(comparison, "drop_side", beta.uid), state)

    comparison.refresh_from_db()
    assert comparison.title == "Alpha vs Gamma"
    assert kept <= uids(comparison)
    assert not comparison.failure_modes.filter(side_id=beta.pk).exists()


def test_the_last_two_sides_cannot_be_dropped(client):
    comparison = make_comparison()
    side = comparison.sides.first()

    client.post(
        url(comparison, "drop_side", side.uid),
        {"lock_version": comparison.lock_version},
    )

    assert comparison.sides.count() == 2


def test_a_change_of_sides_over_a_text_not_seen_is_refused(client):
    comparison = make_comparison()
    first, second = comparison.sides.all()

    page = change(
        client, comparison, "swap", first=first.pk, second=second.pk, lock_version=0
    )

    assert "saved by somebody else" in page.content.decode()
    assert list(comparison.sides.all()) == [first, second]


def test_a_change_of_sides_voids_the_approval(client):
    comparison = make_comparison()
    publisher = make_publisher()
    submit(comparison, by=publisher)
    comparison.refresh_from_db()
    approve(comparison, by=publisher, digest=comparison.working_digest)
    first, second = comparison.sides.all()

    change(client, comparison, "swap", first=first.pk, second=second.pk)

    comparison.refresh_from_db()
    assert comparison.review_state == ReviewState.DRAFT


def test_a_person_without_the_right_is_refused(client):
    comparison = make_comparison()
    side = comparison.sides.first()
    client.force_login(make_person())

    for address in (
        url(comparison, "copy"),
        url(comparison, "sides"),
        url(comparison, "drop_side", side.uid),
    ):
        assert client.get(address).status_code == 403
        assert client.post(address).status_code == 403
