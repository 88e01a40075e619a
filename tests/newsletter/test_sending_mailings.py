"""A mailing on its way: paused, resumed, called off, stale, paced, left by readers."""

import itertools
import uuid

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from editorial.models import EditorialEvent
from editorial.problems import NotAllowedError, WrongStateError
from newsletter import building, mailings, sending
from newsletter.claiming import begin, claim_next
from newsletter.models import (
    Letter,
    LetterKind,
    MailingState,
    Subscriber,
    SubscriberState,
    Suppression,
    SuppressionReason,
)
from newsletter.outbox import post_letter
from newsletter.spelling import address_hash
from tests.editorial.factories import make_publisher, make_writer
from tests.newsletter.mail_factories import (
    make_built_mailing,
    make_mailing,
    make_readers,
)

pytestmark = pytest.mark.django_db


def sweep():
    return sending.sweep(seconds=30, sleep=lambda seconds: None)


def states():
    return sorted(Letter.objects.values_list("state", flat=True))


def test_a_mailing_is_built_sent_and_done(recorder):
    make_readers(12)
    mailing = make_mailing()

    sweep()

    mailing.refresh_from_db()
    assert mailing.state == MailingState.DONE
    assert mailing.finished_at is not None
    assert len(set(recorder.addresses)) == len(recorder.taken) == 12


def test_what_is_begun_twice_under_one_key_goes_out_once(recorder):
    make_readers(2)
    assert make_mailing(key="digest-1") == make_mailing(key="digest-1")

    sweep()

    assert len(recorder.taken) == 2


def test_who_left_after_the_rows_were_written_gets_nothing(recorder):
    stays, leaves, bounced = make_readers(3)
    make_built_mailing()
    Subscriber.objects.filter(pk=leaves.pk).update(state=SubscriberState.LEFT)
    Suppression.objects.create(
        address_hash=address_hash(bounced.address),
        reason=SuppressionReason.HARD_BOUNCE,
    )

    sweep()

    assert recorder.addresses == [stays.address]
    assert states() == ["cancelled", "cancelled", "sent"]


@pytest.mark.parametrize(
    ("verb", "state"),
    [(mailings.pause, MailingState.PAUSED), (mailings.call_off, "cancelled")],
)
def test_no_letter_goes_out_once_a_mailing_is_stopped(recorder, verb, state):
    make_readers(9)
    mailing = make_built_mailing()
    publisher = make_publisher()
    recorder.on_message = lambda number, session: None
    moments = itertools.count(1)

    def stop_after_three(seconds):
        """Called while a worker with letters in its hands waits for its turn."""
        if next(moments) == 3:
            verb(mailing, by=publisher)

    mailing.per_second = 1
    mailing.save()
    sending.sweep(seconds=30, sleep=stop_after_three)

    mailing.refresh_from_db()
    assert mailing.state == state
    assert 1 <= len(recorder.taken) <= 3
    assert not Letter.objects.claimed().exists()


def test_a_paused_mailing_goes_on_from_where_it_was(recorder):
    make_readers(4)
    mailing = make_built_mailing()
    publisher = make_publisher()
    mailings.pause(mailing, by=publisher)
    sweep()
    assert recorder.taken == []

    mailings.resume(mailing, by=publisher)
    sweep()

    assert len(set(recorder.addresses)) == len(recorder.taken) == 4
    actions = EditorialEvent.objects.of_document(mailing.uid).order_by("pk")
    assert list(actions.values_list("action", flat=True)) == [
        "mail_start",
        "mail_pause",
        "mail_resume",
    ]


def test_a_mailing_paused_while_it_is_built_is_built_to_the_end(recorder):
    make_readers(4)
    mailing = make_mailing()
    publisher = make_publisher()
    mailings.pause(mailing, by=publisher)
    mailings.resume(mailing, by=publisher)

    sweep()

    assert len(recorder.taken) == 4


def test_letters_that_somebody_waits_for_are_not_held_up_by_a_paused_mailing(recorder):
    make_readers(2)
    mailings.pause(make_built_mailing(), by=make_publisher())
    post_letter(LetterKind.CONFIRM, address="new@example.org", subject="C", text="C")

    sweep()

    assert recorder.addresses == ["new@example.org"]


def test_letters_that_somebody_waits_for_come_before_a_mailing(recorder):
    make_readers(2)
    make_built_mailing()
    post_letter(LetterKind.CONFIRM, address="new@example.org", subject="C", text="C")

    sweep()

    assert recorder.addresses[0] == "new@example.org"


def test_letters_that_somebody_waits_for_do_not_wait_for_a_build(monkeypatch, recorder):
    monkeypatch.setattr(building, "LOT", 2)
    make_readers(6)
    mailing = make_mailing()
    post_letter(LetterKind.CONFIRM, address="new@example.org", subject="C", text="C")
    written = []
    recorder.on_message = lambda number, session: written.append(
        (number, recorder.addresses[-1])
    )

    sweep()

    assert written[0] == (1, "new@example.org")
    assert mailing.letters.count() == 6
    assert len(recorder.taken) == 7


def test_a_letter_that_cannot_be_written_holds_up_no_other(monkeypatch, recorder):
    first, second = make_readers(2)
    make_built_mailing()

    def break_for_the_first(reader):
        if reader == first:
            raise LookupError
        return "https://site.example.org/leave/"

    monkeypatch.setattr("newsletter.messages.leave_address", break_for_the_first)

    sweep()

    assert recorder.addresses == [second.address]
    assert states() == ["failed", "sent"]


def test_a_mailing_older_than_48_hours_asks_again(recorder):
    make_readers(2)
    mailing = make_built_mailing()
    publisher = make_publisher()

    with time_machine.travel(timezone.now() + mailings.FRESH, tick=False):
        sweep()
        mailing.refresh_from_db()
        assert mailing.state == MailingState.PAUSED
        assert recorder.taken == []
        with pytest.raises(WrongStateError, match="Send anyway"):
            mailings.resume(mailing, by=publisher)

        mailings.send_anyway(mailing, by=publisher)
        sweep()

    assert len(recorder.taken) == 2


def test_a_mailing_that_grows_stale_under_way_stops(recorder):
    make_readers(2)
    mailing = make_built_mailing()
    letter = claim_next(mark := uuid.uuid4())[0]

    with time_machine.travel(mailing.fresh_until, tick=False):
        assert begin(letter, mark).name == "STOP"


@pytest.mark.parametrize("verb", ["pause", "resume", "send_anyway", "call_off"])
def test_only_publishers_decide_about_a_mailing(verb):
    mailing = make_built_mailing()

    with pytest.raises(NotAllowedError):
        getattr(mailings, verb)(mailing, by=make_writer())


def test_a_step_from_the_wrong_state_is_refused():
    mailing = make_built_mailing()

    with pytest.raises(WrongStateError, match="is sending"):
        mailings.resume(mailing, by=make_publisher())


def test_what_is_posted_and_begun_is_a_task_in_the_same_transaction():
    post_letter(LetterKind.CONFIRM, address="a@example.org", subject="C", text="C")
    make_mailing()

    paths = DBTaskResult.objects.values_list("task_path", flat=True)
    assert list(paths) == ["newsletter.jobs.send_letters"] * 2
