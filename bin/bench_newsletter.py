"""Time of a sign-up request, on a database of its own.

Through the whole of Django but no network: the form, three counters, one row, one task.
"""

import os
import statistics
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

from bench import KEY, ready_client

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 50


def sign_up_time() -> None:
    """Runs in a process of its own, with the database that its environment names."""
    client = ready_client()
    import time_machine
    from django.core.management import call_command
    from django.utils import timezone

    from editorial.models import AttemptCount
    from newsletter.forms import SignUpForm

    call_command("migrate", verbosity=0)
    with time_machine.travel(timezone.now() - timedelta(seconds=30), tick=False):
        began = SignUpForm()["began"].value()
    took = []
    for number in range(ROUNDS + 1):
        AttemptCount.objects.all().delete()
        address = f"reader-{number}@example.org"
        sent = {"mail_address": address, "began": began}
        start = time.perf_counter()
        answer = client.post(
            "/newsletter/", sent, headers={"Sec-Fetch-Site": "same-origin"}
        )
        took.append(1000 * (time.perf_counter() - start))
        if answer.status_code != 302:
            sys.exit(f"refused: {answer.content.decode()}")
    took = sorted(took[1:])  # the first compiles
    print(
        f"a sign-up request: median {statistics.median(took):.1f} ms, "
        f"slowest of {ROUNDS} {took[-1]:.1f} ms"
    )


def run(name: str, url: str) -> None:
    environment = os.environ | {
        "DEVELOPMENT": "true",
        "SECRET_KEY": KEY,
        "DATABASE_URL": url,
        "LOG_LEVEL": "CRITICAL",
    }
    command = [sys.executable, __file__, name]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def main() -> None:
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    database = folder / "bench.sqlite3"
    database.unlink(missing_ok=True)
    run("sign_up_time", f"sqlite:///{database}")
    database.unlink(missing_ok=True)


if __name__ == "__main__":
    globals()[sys.argv[1]]() if sys.argv[1:] else main()
