"""A thousand letters, workers killed eight times: none twice, none lost.

Workers are processes of their own, forked from one that has set Django up, so that a
new one begins at once. The mail server is in the test's process and says when.
"""

import contextlib
import os
import signal
import sys
import uuid
from collections import Counter

import pytest
from django.core.mail.utils import DNS_NAME
from django.db import connections
from django.test import override_settings
from django.utils import timezone

from newsletter.claiming import LEASE, recover
from newsletter.models import Letter, LetterState, Mailing
from newsletter.sending import Run
from tests.newsletter.conftest import SMTP
from tests.newsletter.mail_factories import make_built_mailing, make_readers
from tests.newsletter.smtp_server import Recorder, mail_server
from tests.processes import start_worker

pytestmark = pytest.mark.django_db(transaction=True)

READERS, KILLS, WORKERS = 1000, 8, 2
NURSERY = (
    "import sys, django; django.setup(); "
    "from tests.newsletter.test_sending_killed import raise_workers; "
    "raise_workers(int(sys.argv[1]))"
)


def raise_workers(port):
    """Fork a worker for each line, `<its mark> <mark of a dead one or ->`."""
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            try:
                work(port, *line.split())
            finally:
                os._exit(0)
        print(pid, flush=True)  # noqa: T201 - the parent waits for it
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()


def work(port, mark, dead_mark):
    """Send until nothing is due, after what a dead worker held has run out."""
    connections.close_all()
    DNS_NAME._fqdn = f"worker-{os.getpid()}"  # what it calls itself to the server
    if dead_mark != "-":
        over = Letter.objects.filter(claim=dead_mark, leased_until__isnull=False)
        over.update(leased_until=timezone.now())
    with override_settings(EMAIL_BACKEND=SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
        recover(timezone.now())
        run = Run(ends_at=float("inf"), mark=uuid.UUID(mark))
        run.work()
        run.end()


class Keeper:
    """Starts workers, and kills the one that has just handed a message over."""

    def __init__(self, nursery):
        self._nursery = nursery
        self._marks = {}
        self.killed = []

    def start(self, dead_mark="-"):
        mark = str(uuid.uuid4())
        self._nursery.stdin.write(f"{mark} {dead_mark}\n")
        self._nursery.stdin.flush()
        self._marks[int(self._nursery.stdout.readline())] = mark

    def on_message(self, number, session):
        """Kill by turns whoever waits for the answer, and another at whatever it does.

        After the last kill no more workers are to come.
        """
        due = (len(self.killed) + 1) * READERS // (KILLS + 2)
        if number < due or len(self.killed) == KILLS:
            return
        sender = int(session.host_name.removeprefix("worker-"))
        others = [pid for pid in self._marks if pid != sender]
        victim = others[0] if len(self.killed) % 2 else sender
        os.kill(victim, signal.SIGKILL)
        self.killed.append(victim)
        self.start(dead_mark=self._marks.pop(victim))
        if len(self.killed) == KILLS:
            self._nursery.stdin.close()


def test_workers_killed_eight_times_lose_nothing_and_send_nothing_twice():
    make_readers(READERS)
    mailing = make_built_mailing(per_second=30_000)
    recorder = Recorder()

    with mail_server(recorder) as port:
        nursery = start_worker(NURSERY, port)
        keeper = Keeper(nursery)
        recorder.on_message = keeper.on_message
        for _ in range(WORKERS):
            keeper.start()
        nursery.wait(timeout=120)
        nursery.stdout.close()
        nursery.stderr.close()
    # A victim's last statement may have reached the database after it died.
    recover(timezone.now() + LEASE)
    assert not Letter.objects.unfinished().exists()

    sent = Counter(recorder.addresses)
    letters = Letter.objects.filter(mailing=mailing)
    uncertain = set(letters.uncertain().values_list("address", flat=True))
    assert len(keeper.killed) == KILLS
    assert [address for address, number in sent.items() if number > 1] == []
    assert len(uncertain) <= KILLS
    assert set(sent) | uncertain == set(letters.values_list("address", flat=True))
    known = set(letters.exclude(state=LetterState.UNCERTAIN).values_list("state"))
    assert known == {(LetterState.SENT,)}
    assert Mailing.objects.count() == 1
