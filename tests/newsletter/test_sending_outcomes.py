"""What becomes of a letter, for each way in which a mail server can answer."""

import datetime

import pytest
from django.utils import timezone

from newsletter import sending
from newsletter.mailings import leave_unsent, send_again
from newsletter.models import Letter, LetterKind, LetterState, Mailing, MailingState
from newsletter.outbox import post_letter
from newsletter.sending import MAX_ATTEMPTS, wait_after
from tests.editorial.factories import make_publisher
from tests.newsletter.factories import make_subscriber
from tests.newsletter.mail_factories import make_built_mailing

pytestmark = pytest.mark.django_db

ADDRESS = "reader@example.org"


def sweep():
    return sending.sweep(seconds=30, sleep=lambda seconds: None)


def post(address=ADDRESS):
    return post_letter(LetterKind.LINKS, address=address, subject="Links", text="Here.")


def now_due():
    Letter.objects.update(due_at=timezone.now())


def test_a_letter_that_is_taken_is_sent_once_and_its_text_forgotten(recorder):
    letter = post()

    assert sweep().sent_count == 1
    assert sweep().sent_count == 0

    letter.refresh_from_db()
    assert recorder.addresses == [ADDRESS]
    assert letter.state == LetterState.SENT
    assert letter.finished_at is not None
    assert letter.text == ""


@pytest.mark.parametrize("when", ["refusals", "late_refusals"])
def test_a_temporary_refusal_waits_longer_each_time_and_ends_at_last(recorder, when):
    getattr(recorder, when)[ADDRESS] = "450 4.2.1 Come back later"
    letter = post()

    for attempt in range(1, MAX_ATTEMPTS):
        before = timezone.now()
        sweep()
        letter.refresh_from_db()
        assert letter.state == LetterState.PENDING
        assert letter.due_at >= before + wait_after(attempt)
        assert sweep().sent_count == 0
        now_due()
    sweep()

    letter.refresh_from_db()
    assert letter.state == LetterState.FAILED
    assert letter.attempts == MAX_ATTEMPTS
    assert letter.sentence == "450 4.2.1 Come back later"
    assert recorder.taken == []


def test_waits_grow_to_a_limit():
    waits = [wait_after(attempt) for attempt in range(1, MAX_ATTEMPTS)]

    assert waits == sorted(waits)
    assert waits[0] == datetime.timedelta(minutes=1)
    assert waits[-1] == sending.LONGEST_WAIT


@pytest.mark.parametrize("when", ["refusals", "late_refusals"])
def test_a_permanent_refusal_fails_with_the_servers_sentence(recorder, when):
    getattr(recorder, when)[ADDRESS] = "550 5.1.1 No such user"
    letter = post()

    sweep()

    letter.refresh_from_db()
    assert (letter.state, letter.sentence) == ("failed", "550 5.1.1 No such user")


def test_one_refused_letter_does_not_hold_up_the_others(recorder):
    recorder.refusals["b@example.org"] = "550 No"
    recorder.deaf_before.add("c@example.org")
    for name in "abcde":
        post(f"{name}@example.org")

    sweep()

    assert recorder.addresses == ["a@example.org", "d@example.org", "e@example.org"]


def test_a_connection_lost_before_the_text_is_tried_again_later(recorder):
    recorder.deaf_before.add(ADDRESS)
    letter = post()

    sweep()
    recorder.deaf_before.clear()
    now_due()
    sweep()

    letter.refresh_from_db()
    assert letter.state == LetterState.SENT
    assert letter.attempts == 2


def test_a_connection_lost_during_the_text_is_uncertain_and_never_tried(recorder):
    recorder.deaf_after.add(ADDRESS)
    letter = post()

    sweep()
    now_due()
    assert sweep().sent_count == 0

    letter.refresh_from_db()
    assert letter.state == LetterState.UNCERTAIN
    assert "while the text went out" in letter.sentence
    assert recorder.addresses == [ADDRESS]


def test_an_idle_connection_that_the_server_ended_costs_nothing(recorder):
    ended = []

    def end_once(number, session):
        ended.append(number)

    recorder.on_message = end_once
    post("a@example.org")
    post("b@example.org")
    original = recorder.handle_RCPT

    async def drop_the_second(server, session, envelope, address, options):
        if address == "b@example.org" and recorder.connections == 1:
            server.transport.abort()
            return "421 idle for too long"
        return await original(server, session, envelope, address, options)

    recorder.handle_RCPT = drop_the_second

    assert sweep().sent_count == 2
    assert recorder.connections == 2
    assert set(Letter.objects.values_list("attempts", flat=True)) == {1}


@pytest.mark.usefixtures("recorder")
def test_where_nobody_answers_a_sweep_ends_soon_and_loses_nothing(settings):
    settings.EMAIL_PORT = 1  # nothing listens there
    for _ in range(10):
        post()

    swept = sweep()

    assert swept.is_troubled
    assert Letter.objects.pending().count() == 10
    assert Letter.objects.filter(attempts=1).count() == sending.TROUBLES


def test_a_letter_that_is_no_mail_fails_and_says_so(recorder):
    broken = post("nobody at all")
    odd = post("jürgen@example.org")
    two_lines = post("a@example.org\nBcc: everybody@example.org")
    two = post("a@example.org,b@example.org")

    sweep()

    for letter in (broken, odd, two_lines, two):
        letter.refresh_from_db()
        assert letter.state == LetterState.FAILED
        assert letter.sentence
    assert recorder.taken == []


def test_an_editor_has_an_uncertain_letter_sent_again(recorder):
    recorder.deaf_after.add(ADDRESS)
    make_subscriber(ADDRESS)
    mailing = make_built_mailing()
    sweep()
    mailing.refresh_from_db()
    assert mailing.state == MailingState.DONE
    recorder.deaf_after.clear()

    send_again(mailing.letters.get(), by=make_publisher())
    sweep()

    assert recorder.addresses == [ADDRESS, ADDRESS]
    assert mailing.letters.get().state == LetterState.SENT
    assert Mailing.objects.get().state == MailingState.DONE


def test_an_editor_leaves_an_uncertain_letter_as_it_is(recorder):
    recorder.deaf_after.add(ADDRESS)
    letter = post()
    sweep()

    leave_unsent(letter, by=make_publisher())
    now_due()
    sweep()

    letter.refresh_from_db()
    assert letter.state == LetterState.SETTLED
    assert recorder.addresses == [ADDRESS]
