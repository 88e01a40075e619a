"""A mailing on its way: paused, resumed, called off, stale, paced, left by readers."""

import datetime
import itertools
import uuid

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from editorial.models import EditorialEvent
from editorial.problems import NotAllowedError, WrongStateError
from newsletter import mailings, sending
from newsletter.claiming import LEASE, LOST, begin, claim_next, give_back, recover
from newsletter.models import (
    Letter,
    LetterKind,
    LetterState,
    MailingState,
    Subscriber,
    SubscriberState,
    Suppression,
    SuppressionReason,
)
from newsletter.outbox import post_letter
from newsletter.pacing import Pace, reserve
from newsletter.suppression import address_hash
from tests.editorial.factories import make_publisher, make_writer
from tests.newsletter.mail_factories import (
    make_built_mailing,
    make_mailing,
    make_reader,
    make_readers,
)

pytestmark = pytest.mark.django_db


def sweep():
    return sending.sweep(seconds=30, sleep=lambda seconds: None)


def states():
    return sorted(Letter.objects.values_list("state", flat=True))


def claimed_letter():
    mark = uuid.uuid4()
    (letter,) = claim_next(mark)
    return letter, mark


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


def test_a_claim_whose_lease_ran_out_waits_again():
    make_reader()
    make_built_mailing()
    letter, mark = claimed_letter()

    recover(timezone.now())
    assert states() == ["claimed"]
    recover(timezone.now() + LEASE)

    assert states() == ["pending"]
    assert begin(letter, mark).name == "SKIP"  # the slow worker has lost it


def test_a_letter_in_the_hands_of_a_dead_worker_becomes_uncertain():
    make_reader()
    make_built_mailing()
    letter, mark = claimed_letter()
    assert begin(letter, mark).name == "GO"

    recover(timezone.now() + LEASE)
    recover(timezone.now() + 10 * LEASE)

    letter.refresh_from_db()
    assert (letter.state, letter.sentence) == (LetterState.UNCERTAIN, LOST)


def test_a_slow_worker_still_says_what_became_of_its_letter():
    make_reader()
    make_built_mailing()
    letter, mark = claimed_letter()
    begin(letter, mark)
    recover(timezone.now() + LEASE)

    sending.write_outcome(letter, mark, sending.Outcome(sending.Verdict.SENT))

    assert states() == ["sent"]


def test_what_a_worker_did_not_begin_is_given_back_untried():
    make_readers(3)
    make_built_mailing()
    mark = uuid.uuid4()
    first, *_ = claim_next(mark)
    begin(first, mark)

    assert give_back(mark) == 2

    assert states() == ["pending", "pending", "sending"]
    assert Letter.objects.pending().filter(attempts=0).count() == 2


def test_moments_are_given_out_once_and_as_many_as_a_second_allows():
    mailing = make_built_mailing(per_second=20)

    moments = [moment for _ in range(30) for moment in reserve(mailing.pk)]

    assert len(set(moments)) == len(moments) == 60
    span = moments[-1] - moments[0]
    assert span >= datetime.timedelta(seconds=59 / 20)


def test_two_workers_share_the_pace_of_a_mailing():
    mailing = make_built_mailing(per_second=5)
    waits = []

    with time_machine.travel(timezone.now(), tick=False):
        workers = [Pace(waits.append), Pace(waits.append)]
        for worker in workers * 5:
            worker.wait(mailing.pk)

    assert [round(each, 3) for each in waits] == [each / 5 for each in range(1, 10)]


def test_moments_that_passed_unused_are_not_made_up_for():
    mailing = make_built_mailing(per_second=50)
    waits = []
    pace = Pace(waits.append)

    with time_machine.travel(timezone.now(), tick=False) as clock:
        pace.wait(mailing.pk)
        clock.shift(60)
        for _ in range(50):
            pace.wait(mailing.pk)

    assert len(waits) == 49  # the first of each begins at once
    assert max(waits) == pytest.approx(49 / 50)


def test_what_is_posted_and_begun_is_a_task_in_the_same_transaction():
    post_letter(LetterKind.CONFIRM, address="a@example.org", subject="C", text="C")
    make_mailing()

    paths = DBTaskResult.objects.values_list("task_path", flat=True)
    assert list(paths) == ["newsletter.jobs.send_letters"] * 2
