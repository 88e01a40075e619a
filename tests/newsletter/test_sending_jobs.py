"""The worker of the queue sends what waits, and sees to it that somebody goes on."""

import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from newsletter import chores, jobs
from newsletter.asking import ask_to_subscribe
from newsletter.claiming import LEASE
from newsletter.jobs import PATIENCE, WATCH, keep_watch, send_letters, sweep_once
from newsletter.mailings import FRESH
from newsletter.models import Letter, LetterKind, Mailing, MailingState, Subscriber
from newsletter.outbox import post_letter
from newsletter.spelling import read_address
from newsletter.tokens import Wish
from tests.newsletter.factories import make_left, make_pending
from tests.newsletter.mail_factories import make_built_mailing, make_readers

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _signals_stay_as_they_are(monkeypatch):
    worker = "django_tasks_db.management.commands.db_worker.Worker.configure_signals"
    monkeypatch.setattr(worker, lambda self: None)


@pytest.fixture
def own_chores(monkeypatch):
    monkeypatch.setattr(chores, "_chores", {})
    return chores.register_chore


def worker():
    call_command(
        "db_worker", batch=True, reload=False, startup_delay=False, verbosity=0
    )
    assert not DBTaskResult.objects.failed().exists()


def later_tasks(which):
    rows = DBTaskResult.objects.filter(status="READY", task_path=which.module_path)
    return list(rows.values_list("run_after", flat=True))


def post():
    return post_letter(LetterKind.LINKS, address="a@b.org", subject="L", text="Here.")


def test_the_worker_builds_and_sends_a_mailing(mailoutbox):
    make_readers(60)
    make_built_mailing()
    post()

    worker()

    assert len(mailoutbox) == 61
    assert Mailing.objects.get().state == MailingState.DONE


def test_a_turn_leaves_one_task_in_case_it_is_killed(monkeypatch):
    def die(**options):
        raise SystemExit

    monkeypatch.setattr(jobs, "sweep", die)
    for _ in range(3):
        post()
        with pytest.raises(SystemExit):
            send_letters.call()

    assert len(later_tasks(send_letters)) == 3 + 1  # one for each letter, and that
    (moment,) = [each for each in later_tasks(send_letters) if each.year < 9999]
    assert moment <= timezone.now() + PATIENCE


def test_an_idle_turn_leaves_nothing():
    assert send_letters.call() == 0
    assert later_tasks(send_letters) == []


def test_a_turn_that_ends_early_is_followed_by_another(monkeypatch, mailoutbox):
    monkeypatch.setattr(jobs, "TURN_SECONDS", 0)
    post()

    send_letters.call()

    assert len(mailoutbox) == 0
    monkeypatch.undo()
    worker()
    assert Letter.objects.get().state == "sent"


@pytest.mark.usefixtures("recorder")
def test_no_turn_follows_at_once_where_the_server_takes_nothing(settings):
    settings.EMAIL_PORT = 1
    for _ in range(5):
        post()
    DBTaskResult.objects.all().delete()

    send_letters.call()

    (moment,) = later_tasks(send_letters)
    assert moment > timezone.now()


def test_the_watch_does_the_chores_and_goes_on(own_chores):
    seen = []
    own_chores("a duty", seen.append)

    keep_watch.call()
    keep_watch.call()

    assert len(seen) == 2
    (moment,) = later_tasks(keep_watch)
    assert moment <= timezone.now() + WATCH


def test_the_watch_finds_what_a_dead_worker_of_a_paused_mailing_held():
    make_readers(1)
    mailing = make_built_mailing()
    over = timezone.now() - LEASE
    mailing.letters.update(state="sending", leased_until=over)
    Mailing.objects.update(state=MailingState.PAUSED)

    keep_watch.call()

    assert mailing.letters.get().state == "uncertain"


def test_a_chore_that_fails_keeps_no_other_from_its_turn(own_chores):
    seen = []

    def fail(now):
        raise LookupError

    own_chores("one", fail)
    own_chores("two", seen.append)

    jobs.sweep_once()

    assert len(seen) == 1


def test_the_command_sends_what_waits_and_is_safe_to_repeat(capsys, mailoutbox):
    make_readers(3)
    make_built_mailing()

    for _ in range(2):
        call_command("run_jobs")

    assert len(mailoutbox) == 3
    assert capsys.readouterr().out == "0 items done\n3 mails sent\n0 items done\n"


def test_without_a_worker_the_command_leaves_no_tasks_to_pile_up(mailoutbox):
    for _ in range(3):
        post()
    assert len(later_tasks(send_letters)) == 3

    call_command("run_jobs")

    assert len(mailoutbox) == 3
    assert later_tasks(send_letters) == []
    assert len(later_tasks(keep_watch)) == 1


def test_the_watch_pauses_a_mailing_that_waited_too_long(mailoutbox):
    make_readers(1)
    mailing = make_built_mailing()
    DBTaskResult.objects.all().delete()

    with time_machine.travel(timezone.now() + FRESH + datetime.timedelta(hours=1)):
        keep_watch.call()
        worker()

    mailing.refresh_from_db()
    assert mailing.state == MailingState.PAUSED
    assert mailoutbox == []


def test_a_sweep_answers_who_signed_up_and_erases_who_never_confirmed(mailoutbox):
    """Though the tasks of the queue are lost."""
    week_ago = timezone.now() - datetime.timedelta(days=7)
    make_pending("late@example.org", expires_at=week_ago)
    make_left("gone@example.org", left_at=week_ago - datetime.timedelta(days=365))
    address = read_address("new@example.org")
    ask_to_subscribe(address, client_hash="", wish=Wish())
    DBTaskResult.objects.all().delete()

    sweep_once(seconds=30)

    assert [mail.to for mail in mailoutbox] == [["new@example.org"]]
    assert [row.address for row in Subscriber.objects.all()] == ["new@example.org"]
