"""The desk's pages of a mailing and a letter: what they show and let people do."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from newsletter.admin.progress import progress_of
from newsletter.mailings import FRESH
from newsletter.models import Letter, LetterKind, LetterState, Mailing, MailingState
from newsletter.outbox import post_letter
from tests.editorial.factories import make_publisher, make_writer
from tests.newsletter.mail_factories import make_built_mailing, make_readers

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def mailing():
    make_readers(4)
    return make_built_mailing(per_second=10)


@pytest.fixture
def desk(client):
    client.force_login(make_publisher())
    return client


def page_of(mailing):
    return reverse("admin:newsletter_mailing_change", args=[mailing.pk])


def step_of(row, slug):
    name = f"admin:newsletter_{row._meta.model_name}_step"
    return reverse(name, args=[row.pk, slug])


def labels(response):
    return [offer.step.label for offer in response.context["offers"]]


def in_state(letter, state, **values):
    Letter.objects.filter(pk=letter.pk).update(state=state, **values)


def test_the_page_counts_letters_and_says_how_fast_they_go(mailing):
    now = timezone.now()
    first, second, third, _ = mailing.letters.order_by("pk")
    Mailing.objects.update(created_at=now - datetime.timedelta(hours=1))
    mailing.refresh_from_db()
    in_state(first, LetterState.SENT, finished_at=now - datetime.timedelta(seconds=30))
    in_state(second, LetterState.SENT, finished_at=now - datetime.timedelta(hours=1))
    in_state(third, LetterState.UNCERTAIN, finished_at=now)

    progress = progress_of(mailing, now)

    assert (progress.finished, progress.total) == (3, 4)
    assert progress.rate == pytest.approx(1 / 60)
    assert progress.seconds_left == 60
    assert "3 of 4 letters" in progress.sentence
    assert "About 60 seconds to go" in progress.sentence


def test_the_page_says_when_nobody_sends(desk, mailing):
    assert b"Nobody sends it" not in desk.get(page_of(mailing)).content
    long_ago = timezone.now() - datetime.timedelta(hours=1)
    Mailing.objects.update(created_at=long_ago)
    Letter.objects.update(due_at=long_ago)

    assert b"Nobody sends it" in desk.get(page_of(mailing)).content


@pytest.mark.parametrize(
    ("state", "age", "expected"),
    [
        ("sending", 0, ["Pause", "Call off the rest", "Change the pace"]),
        ("paused", 0, ["Go on", "Call off the rest", "Change the pace"]),
        ("paused", 49, ["Send anyway", "Call off the rest", "Change the pace"]),
        ("done", 0, []),
        ("cancelled", 0, []),
    ],
)
def test_each_state_offers_what_can_be_done(desk, mailing, state, age, expected):
    fresh_until = timezone.now() + FRESH - datetime.timedelta(hours=age)
    Mailing.objects.update(state=state, fresh_until=fresh_until)

    assert labels(desk.get(page_of(mailing))) == expected


def test_a_publisher_pauses_goes_on_and_calls_off(desk, mailing):
    for slug, data, state in (
        ("pause", {}, MailingState.PAUSED),
        ("resume", {}, MailingState.SENDING),
        ("call-off", {"is_sure": "on"}, MailingState.CANCELLED),
    ):
        answer = desk.post(step_of(mailing, slug), data)
        assert answer.url == page_of(mailing)
        mailing.refresh_from_db()
        assert mailing.state == state
    assert set(mailing.letters.values_list("state", flat=True)) == {"cancelled"}


def test_nobody_calls_a_mailing_off_by_accident(desk, mailing):
    answer = desk.post(step_of(mailing, "call-off"))

    assert answer.status_code == 422
    mailing.refresh_from_db()
    assert mailing.state == MailingState.SENDING


@pytest.mark.parametrize(("typed", "kept"), [("25", 25), ("0", 10), ("x", 10)])
def test_the_pace_is_changed_to_a_number_that_makes_sense(desk, mailing, typed, kept):
    desk.post(step_of(mailing, "set-pace"), {"per_second": typed})

    mailing.refresh_from_db()
    assert mailing.per_second == kept


def test_a_step_too_late_says_so_and_changes_nothing(desk, mailing):
    Mailing.objects.update(state=MailingState.DONE)

    answer = desk.post(step_of(mailing, "pause"), follow=True)

    assert "This mailing is done." in answer.content.decode()


def test_an_uncertain_letter_is_listed_and_decided_about(desk, mailing):
    first, second, *_ = mailing.letters.order_by("pk")
    for letter in (first, second):
        in_state(letter, LetterState.UNCERTAIN, sentence="The worker stopped.")
    page = desk.get(page_of(mailing)).content.decode()
    assert first.address in page
    assert "The worker stopped." in page

    desk.post(step_of(first, "send-again"))
    desk.post(step_of(second, "leave-unsent"))

    assert [Letter.objects.get(pk=letter.pk).state for letter in (first, second)] == [
        "pending",
        "settled",
    ]


def test_an_open_page_is_loaded_anew_only_where_something_new_can_be_done(
    desk, mailing
):
    seen = desk.get(page_of(mailing)).context["seen"]
    url = f"{page_of(mailing)}?seen={seen}"
    assert "HX-Refresh" not in desk.get(url)
    in_state(mailing.letters.first(), LetterState.SENT)
    assert "HX-Refresh" not in desk.get(url)

    in_state(mailing.letters.last(), LetterState.UNCERTAIN)

    assert desk.get(url)["HX-Refresh"] == "true"


def test_only_a_mailing_on_its_way_asks_for_itself_again(desk, mailing):
    assert b"hx-trigger" in desk.get(page_of(mailing)).content

    Mailing.objects.update(state=MailingState.DONE)

    assert b"hx-trigger" not in desk.get(page_of(mailing)).content


def test_the_page_of_a_letter_shows_nothing_of_what_it_says(desk):
    letter = post_letter(
        LetterKind.EXPORT, address="a@example.org", subject="S", text="A secret link."
    )
    in_state(letter, LetterState.UNCERTAIN)

    page = desk.get(reverse("admin:newsletter_letter_change", args=[letter.pk]))

    assert "A secret link." not in page.content.decode()
    assert labels(page) == ["Send again", "Leave it"]


def test_the_front_page_counts_what_waits_for_a_word(desk, mailing):
    in_state(mailing.letters.first(), LetterState.UNCERTAIN)
    Mailing.objects.update(state=MailingState.PAUSED)

    tiles = {
        tile.title: tile.count for tile in desk.get("/admin/").context["front"].tiles
    }

    assert tiles["Mails in doubt"] == 1
    assert tiles["Mailings that are paused"] == 1


def test_a_writer_sees_no_addresses(client, mailing):
    client.force_login(make_writer())

    assert client.get(page_of(mailing)).status_code == 403


def test_the_page_costs_the_same_for_any_number_of_letters(
    desk, mailing, django_assert_max_num_queries
):
    for letter in mailing.letters.all():
        in_state(letter, LetterState.UNCERTAIN)
    desk.get(page_of(mailing))

    with django_assert_max_num_queries(14):
        desk.get(page_of(mailing))
