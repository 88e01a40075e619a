"""The newsletter in figures: a sign-up, mails a second, the rows of a large mailing.

    python bin/bench_newsletter.py            both databases
    python bin/bench_newsletter.py 10000      instead of 100,000 subscribers

The mail server is one of Python's on the loopback interface, in a process of its own,
and so is each worker: what they share is the machine.
"""

import contextlib
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from bench import KEY, ready_client
from postgres import server_binaries, throwaway_cluster

ROOT = Path(__file__).resolve().parent.parent
SUBSCRIBERS = 100_000
MAILS = 2_000
WORKERS = 2
ROUNDS = 50
FASTEST = 30_000
"""Mails a second that the pace allows: more than any machine sends."""

LOT = 5_000


def itself(task: str, *arguments: str, **environment: str) -> subprocess.Popen:
    """One part of the measurement in a process of its own, whose output is read."""
    return subprocess.Popen(
        [sys.executable, __file__, task, *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def answer_of(process: subprocess.Popen) -> str:
    output, _ = process.communicate()
    if process.returncode:
        sys.exit(f"{process.args[2]} failed")
    return output.strip()


def make_subscribers(count: int) -> None:
    from newsletter.models import Subscriber, SubscriberState

    for begin in range(0, count, LOT):
        names = [f"reader-{number}@example.org" for number in range(begin, begin + LOT)]
        Subscriber.objects.bulk_create(
            Subscriber(address=name, address_key=name, state=SubscriberState.ACTIVE)
            for name in names[: count - begin]
        )


def make_mailing(key: str, **values: object):
    """A digest of an ordinary size, of which no row is written yet."""
    from newsletter.mailings import start_mailing
    from newsletter.marks import LEAVE, PREFERENCES, DrawnMail
    from newsletter.models import Mailing, MailingKind

    words = "One engine was re-checked, and two prices have moved since then. " * 100
    foot = f"{LEAVE} {PREFERENCES}"
    mail = DrawnMail("Figures", f"<p>{words}</p>{foot}" * 3, f"{words}\n{foot}\n")
    mailing = start_mailing(MailingKind.DIGEST, mail, key=key)
    Mailing.objects.filter(pk=mailing.pk).update(**values)
    return mailing


def outbox_for(count: int) -> str:
    """Time and memory of writing a row for each of `count` subscribers."""
    make_subscribers(count)
    make_mailing("rows")
    return answer_of(itself("build"))


def build_rows() -> None:
    """For a process of its own, so that its memory is what the building takes."""
    from newsletter.building import build
    from newsletter.models import Letter, Mailing

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    build(Mailing.objects.get(key="rows"))
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{Letter.objects.count():,} rows of the outbox in {seconds:.1f} s, peak "
        f"memory {peak / 1024:.0f} MB ({(peak - before) / 1024:.0f} MB of it for them)"
    )


@contextlib.contextmanager
def mail_server() -> Iterator[str]:
    """The port of a server that takes every mail and counts it."""
    server = itself("serve")
    try:
        yield server.stdout.readline().strip()
    finally:
        server.stdin.close()
        server.wait()
        server.stdout.close()


def sign_up_time() -> str:
    """Time of a sign-up request: the form, three counters, one row, one task."""
    import time_machine
    from django.utils import timezone

    from editorial.models import AttemptCount
    from newsletter.forms import SignUpForm

    client = ready_client()
    with time_machine.travel(timezone.now() - timedelta(seconds=30), tick=False):
        began = SignUpForm()["began"].value()
    took = []
    for number in range(ROUNDS + 1):
        AttemptCount.objects.all().delete()
        sent = {"mail_address": f"reader-{number}@example.org", "began": began}
        start = time.perf_counter()
        answer = client.post(
            "/newsletter/", sent, headers={"Sec-Fetch-Site": "same-origin"}
        )
        took.append(1000 * (time.perf_counter() - start))
        if answer.status_code != 302:
            sys.exit(f"refused: {answer.content.decode()}")
    took = sorted(took[1:])  # the first compiles
    return (
        f"a sign-up request: median {statistics.median(took):.1f} ms, "
        f"slowest of {ROUNDS} {took[-1]:.1f} ms"
    )


def send_rate() -> str:
    """Mails a second of two workers, from the first one sent to the last."""
    from django.db.models import Max, Min

    from newsletter.building import build
    from newsletter.models import Letter, LetterState

    make_subscribers(MAILS)
    mailing = make_mailing("mails", per_second=FASTEST)
    build(mailing)
    with mail_server() as port:
        url = f"smtp://127.0.0.1:{port}"
        workers = [itself("send", EMAIL_URL=url) for _ in range(WORKERS)]
        shares = [int(answer_of(worker)) for worker in workers]
    sent = Letter.objects.filter(mailing=mailing, state=LetterState.SENT)
    span = sent.aggregate(begin=Min("finished_at"), end=Max("finished_at"))
    seconds = (span["end"] - span["begin"]).total_seconds()
    return (
        f"{sent.count():,} mails in {seconds:.1f} s with {WORKERS} workers "
        f"({' and '.join(f'{share:,}' for share in shares)}): "
        f"{sent.count() / seconds:.0f} a second"
    )


def send_all() -> None:
    from newsletter.sending import sweep

    print(sweep(seconds=600).sent_count)


def serve() -> None:
    """Take mail until standard input ends."""
    import asyncio

    from aiosmtpd.handlers import Sink
    from aiosmtpd.smtp import SMTP

    async def run() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            lambda: SMTP(Sink(), hostname="localhost", loop=loop), "127.0.0.1", 0
        )
        print(server.sockets[0].getsockname()[1], flush=True)
        await loop.run_in_executor(None, sys.stdin.read)

    asyncio.run(run())


def measure(count: int) -> None:
    """Runs in a process of its own, with the database that its environment names."""
    from django.db import connection

    from newsletter.models import Subscriber

    print(f"{connection.vendor:<11}{sign_up_time()}", flush=True)
    print(f"{connection.vendor:<11}{send_rate()}", flush=True)
    Subscriber.objects.all().delete()
    print(f"{connection.vendor:<11}{outbox_for(count)}", flush=True)


def run(url: str, count: int) -> None:
    environment = os.environ | {
        "DEVELOPMENT": "true",
        "SECRET_KEY": KEY,
        "DATABASE_URL": url,
        "LOG_LEVEL": "CRITICAL",
    }
    migrate = [sys.executable, "manage.py", "migrate", "-v0"]
    subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
    command = [sys.executable, __file__, "measure", str(count)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def main(count: int) -> None:
    database = ROOT / "var" / "bench-newsletter.sqlite3"
    database.parent.mkdir(exist_ok=True)
    database.unlink(missing_ok=True)
    run(f"sqlite:///{database}", count)
    database.unlink(missing_ok=True)
    binaries = server_binaries()
    if binaries is None:
        print("No PostgreSQL server on this machine: measured on SQLite only.")
        return
    with throwaway_cluster(binaries) as url:
        run(url, count)


TASKS = {"build": build_rows, "send": send_all, "serve": serve}

if __name__ == "__main__":
    task, *rest = sys.argv[1:] or [str(SUBSCRIBERS)]
    if task == "serve":
        serve()
    elif task in TASKS:
        ready_client()
        TASKS[task]()
    elif task == "measure":
        ready_client()
        measure(int(rest[0]))
    else:
        main(int(task))
