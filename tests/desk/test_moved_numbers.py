"""Published numbers that moved: told with both values, renewed in one step."""

import datetime
import re
from decimal import Decimal

import pytest
import time_machine
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from catalog.facts import record_change
from editorial.drafts import record_save
from editorial.models import EditorialEvent, Publication
from editorial.moved_numbers import moved_text_count, moved_texts, take_new_numbers
from editorial.problems import NotAllowedError, WrongStateError
from editorial.review import approve
from editorial.vocabularies import ReviewState
from editorial.workflow import publish
from tests.catalog.factories import make_hardware
from tests.comparisons.factories import make_verdict, publish_document
from tests.desk.test_freshness import check
from tests.editorial.factories import make_publisher, make_source, make_writer
from tests.editorial.steps import NOON, edit

pytestmark = pytest.mark.django_db

LIST = "/admin/editorial/publication/moved-numbers/"
PIN = "{hardware:card memory_bandwidth_gb_s}"
SUMMARY = f"**Sound.** It costs little. It moves {PIN} & more. It is quiet."


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def card():
    source = make_source(retrieved_on=datetime.date(2026, 11, 1))
    return make_hardware("Card", memory_bandwidth_gb_s=Decimal(960), source=source)


@pytest.fixture
def verdict(card, clock):
    verdict = make_verdict(
        hardware=card, summary=SUMMARY, verified_on=datetime.date(2026, 11, 20)
    )
    verdict.summary_sources.add(make_source())
    record_save(verdict, by=None)
    publish_document(verdict)
    clock.shift(datetime.timedelta(days=1))
    return verdict


def move(card, number, *, by=None, source=None):
    card._history_user = by
    card.memory_bandwidth_gb_s = Decimal(number)
    card.save()
    record_change(card, fields=["memory_bandwidth_gb_s"], source=source)


def take(document, *, by):
    live = Publication.objects.of_document(document.uid).live().get()
    return take_new_numbers(document, by=by, digest=live.digest)


def test_a_number_that_moved_is_told_with_its_sentence_its_proof_and_who_moved_it(
    verdict, card
):
    proof = make_source()
    assert moved_texts(timezone.now()) == []
    move(card, 640, by=make_publisher("petra"), source=proof)

    (text,) = moved_texts(timezone.now())

    (number,) = text.numbers
    assert (text.document, number.place) == (verdict, "summary")
    assert (number.old, number.new) == ("960 GB/s", "640 GB/s")
    assert number.old_on == datetime.date(2026, 11, 1)
    assert (number.before, number.after) == ("It moves ", " & more.")
    assert number.source_url == proof.url
    assert (number.change.by, number.change.at) == ("petra", timezone.now())
    assert moved_text_count(timezone.now()) == 1


def test_a_number_that_moved_back_is_not_told(verdict, card):
    move(card, 640)
    move(card, 960)

    assert moved_texts(timezone.now()) == []
    assert moved_text_count(timezone.now()) == 0


def test_a_verified_text_still_quotes_the_old_number(verdict, card):
    move(card, 640)
    check(verdict)

    assert moved_text_count(timezone.now()) == 1


def test_new_numbers_go_through_review_and_only_then_to_readers(verdict, card):
    move(card, 640)
    writer, publisher = make_writer(), make_publisher()
    before = Publication.objects.live().get().digest

    note = take(verdict, by=writer)

    assert note == ("Numbers renewed. Card, memory bandwidth: 960 GB/s, now 640 GB/s.")
    assert verdict.review_state == ReviewState.IN_REVIEW
    assert Publication.objects.live().get().digest == before
    assert EditorialEvent.objects.of_action("submit").first().actor == writer
    approve(verdict, by=publisher, digest=verdict.working_digest)
    publication = publish(verdict, by=publisher)
    assert "640 GB/s</data>" in publication.body["summary"]["html"]
    assert publication.change_note == note
    assert moved_texts(timezone.now()) == []


def test_who_takes_the_numbers_cannot_approve_them_where_two_may(verdict, card):
    make_publisher()
    publisher = make_publisher()
    move(card, 640)
    take(verdict, by=publisher)

    with pytest.raises(NotAllowedError, match="somebody else"):
        approve(verdict, by=publisher, digest=verdict.working_digest)


def test_the_day_of_a_later_verification_is_taken_along(verdict, card, clock):
    clock.shift(datetime.timedelta(days=30))
    check(verdict)
    move(card, 640)

    take(verdict, by=make_writer())

    assert verdict.verified_on == timezone.now().date()


def test_a_draft_with_other_words_is_left_to_its_writer(verdict, card):
    move(card, 640)
    edit(verdict, what_would_change="Something else.")

    with pytest.raises(WrongStateError, match="other changes"):
        take(verdict, by=make_writer())
    assert verdict.review_state == ReviewState.DRAFT


def test_a_draft_that_was_only_saved_again_takes_the_numbers(verdict, card):
    move(card, 640)
    record_save(verdict, by=None)

    assert take(verdict, by=make_writer())


def test_the_reviewer_sees_the_number_that_changes(verdict, card, client):
    move(card, 640)
    take(verdict, by=make_writer())
    client.force_login(make_publisher())

    page = client.get(f"/admin/comparisons/verdict/{verdict.pk}/step/approve/")

    (change,) = page.context["changes"]
    pieces = {piece.mark: piece.text for piece in change.pieces if piece.mark != "same"}
    assert pieces == {"removed": "960 ", "added": "640 "}


def test_another_live_text_than_the_one_on_the_screen_is_refused(verdict, card):
    move(card, 640)

    with pytest.raises(WrongStateError, match="Another version"):
        take_new_numbers(verdict, by=make_writer(), digest="0" * 64)


def test_ticked_texts_are_renewed_from_the_list(verdict, card, client):
    move(card, 640)
    client.force_login(make_writer())
    page = client.get(LIST).content.decode()
    live = Publication.objects.live().get()
    key = f"verdict:{verdict.pk}:{live.digest}"
    assert f'value="{key}"' in page
    assert re.search(
        r"It moves <del[^>]*>960 GB/s</del> <ins[^>]*>640 GB/s</ins> &amp;", page
    )

    response = client.post(
        LIST, {"text": [key, "verdict:0:x", "nonsense"]}, follow=True
    )

    text = response.content.decode()
    assert "has the new numbers and waits for review" in text
    assert "One of the texts is gone" in text
    verdict.refresh_from_db()
    assert verdict.review_state == ReviewState.IN_REVIEW
    assert key not in text


def test_a_desk_of_one_is_led_straight_to_the_approval(verdict, card, client):
    move(card, 640)
    User.objects.all().update(is_active=False)
    client.force_login(make_publisher())
    live = Publication.objects.live().get()

    response = client.post(LIST, {"text": f"verdict:{verdict.pk}:{live.digest}"})

    name = "admin:comparisons_verdict_step"
    assert response["Location"] == reverse(name, args=[verdict.pk, "approve"])


def test_the_statements_do_not_grow_with_the_texts(
    card, clock, django_assert_max_num_queries
):
    for number in range(4):
        other = make_hardware(f"Card {number}", slug=f"card-{number}")
        text = make_verdict(
            hardware=other,
            summary=f"It moves {{hardware:card-{number} memory_bandwidth_gb_s}}.",
        )
        text.summary_sources.add(make_source())
        record_save(text, by=None)
        publish_document(text)
        clock.shift(datetime.timedelta(seconds=1))
        move(other, 640)

    with django_assert_max_num_queries(5):
        assert len(moved_texts(timezone.now())) == 4
