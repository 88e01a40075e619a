"""The sweep over outside links, against a server of the test's own."""

import datetime
import io
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from editorial.consistency.checking import check_consistency
from editorial.link_checks import asking
from editorial.link_checks.addresses import Target, target_of
from editorial.link_checks.asking import Answer, ask
from editorial.link_checks.sweeping import (
    HOST_PAUSE_SECONDS,
    add_missing_checks,
    claim,
    due_checks,
    keep,
    sweep,
)
from editorial.models import LinkCheck
from tests.editorial.factories import make_publisher, make_source

pytestmark = pytest.mark.django_db

GOOD, GONE = Answer(200), Answer(404)


class Pages(BaseHTTPRequestHandler):
    def answer(self):
        self.server.seen.append((self.command, self.path))
        status, location = {
            "/there": (200, ""),
            "/gone": (404, ""),
            "/only-get": (200 if self.command == "GET" else 405, ""),
            "/moved": (301, "/there"),
            "/for-now": (302, "/moved"),
            "/round": (302, "/round"),
            "/inside": (302, "http://127.0.0.1:1/"),
            "/metadata": (302, "http://169.254.169.254/latest/"),
            "/file": (302, "file:///etc/passwd"),
        }[self.path]
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.end_headers()

    do_GET = do_HEAD = answer

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.seen = []
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}
    )
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def find_target(server):
    """The guard as it is, but that one name is this server."""

    class Here(Target):
        port = server.server_port

    def find(url):
        if not url.startswith("http://here.example/"):
            return target_of(url, resolve=lambda host, port: [host])
        found = target_of(
            url, resolve=lambda host, port: ["127.0.0.1"], is_allowed=bool
        )
        return Here(found.scheme, found.host, found.address, found.request)

    return find


@pytest.mark.parametrize(
    ("path", "status", "methods"),
    [
        ("there", 200, ["HEAD"]),
        ("gone", 404, ["HEAD", "GET"]),
        ("only-get", 200, ["HEAD", "GET"]),
        ("moved", 200, ["HEAD", "HEAD"]),
    ],
)
def test_a_page_is_asked_by_head_and_then_by_get(
    server, find_target, path, status, methods
):
    answer = ask(f"http://here.example/{path}", find_target=find_target)

    assert answer.status == status
    assert [method for method, _ in server.seen] == methods


def test_only_a_page_that_moved_for_good_tells_its_new_address(find_target):
    moved = ask("http://here.example/moved", find_target=find_target)
    for_now = ask("http://here.example/for-now", find_target=find_target)

    assert moved.moved_to == "http://here.example/there"
    assert (for_now.status, for_now.moved_to) == (200, "")


@pytest.mark.parametrize("path", ["inside", "metadata", "file"])
def test_a_redirect_into_the_local_network_is_refused(server, find_target, path):
    answer = ask(f"http://here.example/{path}", find_target=find_target)

    assert answer.status is None
    assert answer.note.startswith("Not asked:")


def test_a_redirect_that_turns_round_ends(find_target):
    answer = ask("http://here.example/round", find_target=find_target)

    assert answer.note == "More than 5 redirects."


def test_a_host_that_does_not_answer_is_no_error(server, find_target, monkeypatch):
    monkeypatch.setattr(asking, "TIMEOUT_SECONDS", 0.2)
    server.RequestHandlerClass = lambda *args: None

    answer = ask("http://here.example/there", find_target=find_target)

    assert answer.status is None
    assert answer.note.startswith("No answer:")


def make_due(check, **values):
    past = timezone.now() - datetime.timedelta(minutes=1)
    LinkCheck.objects.filter(pk=check.pk).update(next_check_at=past, **values)


def run(answer, limit=100):
    pauses = []
    asked = list(sweep(limit, ask_page=lambda url: answer, sleep=pauses.append))
    return [url for url, _ in asked], pauses


def test_a_sweep_asks_each_due_page_once_and_keeps_the_answer():
    source = make_source()

    assert run(GOOD)[0] == [source.url]
    assert run(GOOD)[0] == []

    check = source.link_check
    assert (check.status, check.failures) == (200, 0)
    assert check.good_at == check.checked_at


def test_a_failure_is_asked_again_after_doubling_times_and_keeps_the_last_good_day():
    source = make_source()
    run(GOOD)
    good_at = LinkCheck.objects.get().good_at
    days = []
    for _ in range(7):
        make_due(LinkCheck.objects.get())
        run(GONE)
        check = LinkCheck.objects.get(source=source)
        days.append((check.next_check_at - check.checked_at).days)

    assert days == [1, 2, 4, 8, 16, 32, 32]
    assert check.good_at == good_at
    make_due(check)
    run(GOOD)
    assert LinkCheck.objects.get().failures == 0


def test_a_changed_address_is_due_at_once_and_begins_anew():
    source = make_source()
    run(GOOD)
    source.url = "https://example.org/elsewhere"
    source.save()

    assert run(GONE)[0] == [source.url]
    check = LinkCheck.objects.get()
    assert (check.url, check.failures, check.good_at) == (source.url, 1, None)


def test_a_claimed_row_is_left_to_the_one_who_claimed_it():
    make_source()
    add_missing_checks()
    (mine,), (other,) = due_checks(10), due_checks(10)

    lease = claim(mine)

    assert lease is not None
    assert claim(other) is None
    assert due_checks(10) == []
    keep(mine, lease - datetime.timedelta(seconds=1), GONE)  # a lease that ran out
    assert LinkCheck.objects.get().checked_at is None
    keep(mine, lease, GOOD)
    assert LinkCheck.objects.get().status == 200


def test_one_host_is_given_a_pause_and_the_limit_is_kept():
    for number in range(3):
        make_source(url=f"https://one.example/{number}")
    make_source(url="https://other.example/")

    asked, pauses = run(GOOD)

    assert len(asked) == 4
    assert len(pauses) == 2
    assert all(0 < pause <= HOST_PAUSE_SECONDS for pause in pauses)
    LinkCheck.objects.all().delete()
    assert len(run(GOOD, limit=2)[0]) == 2


@pytest.mark.parametrize(
    ("status", "failures", "is_found"),
    [
        (404, 3, True),
        (None, 3, True),
        (404, 2, False),
        (403, 9, False),
        (200, 0, False),
    ],
)
def test_a_page_that_failed_three_times_is_a_finding(status, failures, is_found):
    source = make_source()
    run(Answer(status))
    LinkCheck.objects.update(failures=failures)

    (group,) = check_consistency(["outside-links"]).groups

    assert [row.place.uid for row in group.findings] == [source.uid] * is_found


def test_the_admin_says_when_the_page_was_last_seen_working(client):
    source = make_source()
    run(GOOD)
    good_at = datetime.datetime(2026, 10, 2, tzinfo=datetime.UTC)
    make_due(LinkCheck.objects.get(), good_at=good_at)
    run(GONE)
    client.force_login(make_publisher())

    page = client.get(reverse("admin:editorial_source_change", args=[source.pk]))

    assert "Last seen working on 2 October 2026" in page.content.decode()
    assert "it answered 404" in page.content.decode()


def test_a_dry_run_lists_what_is_due_and_writes_nothing():
    source = make_source()
    out = io.StringIO()

    call_command("check_links", "--dry-run", stdout=out)

    assert out.getvalue().split() == [source.url]
    assert not LinkCheck.objects.exists()
