"""One address signed up many times at once, while several workers answer."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from newsletter.asking import answer_requests
from newsletter.models import AddressRequest, Letter, Subscriber
from tests.newsletter.factories import BROWSER, SIGN_UP, mark
from tests.processes import run_worker

THREADS = 8
SPELLINGS = ["reader@example.org", "Reader@Example.org"]
WORKER = (
    "import sys, django; django.setup(); "
    "from tests.newsletter.test_parallel_sign_ups import work; work(*sys.argv[1:])"
)

pytestmark = pytest.mark.django_db(transaction=True)


def work(began):
    """Each thread signs up, waits for the others, and answers what waits."""
    barrier = threading.Barrier(THREADS)

    def run(number):
        try:
            sent = {"mail_address": SPELLINGS[number % 2], "began": began}
            barrier.wait()
            answer = Client().post(SIGN_UP, sent, headers=BROWSER)
            barrier.wait()
            answer_requests()
        finally:
            connection.close()
        return answer.status_code

    with ThreadPoolExecutor(max_workers=THREADS) as pool:
        statuses = list(pool.map(run, range(THREADS)))
    print(*statuses)  # noqa: T201 - what the test reads


def test_parallel_sign_ups_of_one_address_make_one_row_and_one_letter(client):
    began = mark(client)
    done = run_worker(WORKER, began)

    assert done.stdout.split() == ["302"] * THREADS, done.stderr
    assert Subscriber.objects.get().address_key == "reader@example.org"
    assert Letter.objects.get().kind == "confirm"
    assert not AddressRequest.objects.exists()
