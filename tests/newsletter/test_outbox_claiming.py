"""Several processes take letters at once: each letter is one's alone."""

import contextlib
import os
import sys
import uuid

import pytest
from django.db import connections

from newsletter.claiming import claim_next
from tests.newsletter.mail_factories import make_built_mailing, make_readers
from tests.processes import run_worker

pytestmark = pytest.mark.django_db(transaction=True)

PROCESSES, READERS = 4, 400
WORKERS = (
    "import django; django.setup(); "
    "from tests.newsletter.test_outbox_claiming import race; race()"
)


def race():
    """Processes that begin together, and print what each of them took."""
    waiting, gate = os.pipe()
    for _ in range(PROCESSES):
        if os.fork() == 0:
            try:
                os.close(gate)
                os.read(waiting, 1)  # answers once nobody holds the gate
                take_all()
            finally:
                os._exit(0)
    os.close(gate)
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()


def take_all():
    connections.close_all()
    mark = uuid.uuid4()
    while letters := claim_next(mark):
        line = "".join(f"{mark} {letter.pk}\n" for letter in letters)
        os.write(sys.stdout.fileno(), line.encode())


def test_no_letter_is_taken_by_two():
    make_readers(READERS)
    mailing = make_built_mailing(per_second=5)  # ten letters at a time

    result = run_worker(WORKERS)

    taken = dict(reversed(line.split()) for line in result.stdout.splitlines())
    assert len(result.stdout.splitlines()) == len(taken) == READERS, result.stderr
    kept = {str(letter.pk): str(letter.claim) for letter in mailing.letters.claimed()}
    assert kept == taken
