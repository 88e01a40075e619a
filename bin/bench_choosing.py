"""Time of the pages that choose hardware and work out costs, over the shipped data.

Processor time of one request, uncached and without network, the least of several
rounds, so that a busy machine does not count. Answers 1 above the bound.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import KEY, prepare, ready_client
from postgres import server_binaries, throwaway_cluster

ROOT = Path(__file__).resolve().parent.parent
BOUND_MS, MOST_STATEMENTS, ROUNDS = 100, 8, 15
WIDE = "allow=card&allow=workstation&allow=datacenter&allow=mini&allow=laptop&allow=mac"
PAGES = {
    "choose, as it opens": "/choose-my-gpu/",
    "choose, all hardware": f"/choose-my-gpu/?{WIDE}&slots=4&budget=20000",
    "choose, a small model": "/choose-my-gpu/?model=llama-3.1-8b&users=4&budget=5000",
    "best, as it opens": "/best-gpu/",
    "best, four cards": "/best-gpu/?need=chat-70b&budget=20000&cards=4",
    "cost, as it opens": "/cost-vs-cloud/",
    "cost, by aliases": (
        "/cost-vs-cloud/?hardware=h100-sxm5-80gb&model=llama-3.3-70b&requests=32"
        "&hours=20&quantization=Q8_0&count=2"
    ),
    "methodology of cost": "/methodology/cost/",
}


def measure() -> int:
    """Runs in a process of its own, with the database that its environment names."""
    client = ready_client()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    failed = 0
    for name, path in PAGES.items():
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(path)
        statements = len(captured)
        best = float("inf")
        for _ in range(ROUNDS):
            began = time.process_time()
            client.get(path)
            best = min(best, 1000 * (time.process_time() - began))
        is_good = (
            response.status_code == 200
            and best <= BOUND_MS
            and statements <= MOST_STATEMENTS
        )
        failed |= not is_good
        print(
            f"{connection.vendor:<11} {name:<22} {statements} statements, "
            f"{best:5.1f} ms of CPU{'' if is_good else '  over the bound'}"
        )
    return failed


def run(url: str) -> int:
    environment = os.environ | {
        "DEVELOPMENT": "true",
        "SECRET_KEY": KEY,
        "DATABASE_URL": url,
        "LOG_LEVEL": "CRITICAL",
    }
    prepare(environment)
    command = [sys.executable, __file__, "measure"]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def main() -> int:
    with TemporaryDirectory() as folder:
        failed = run(f"sqlite:///{folder}/bench.sqlite3")
    binaries = server_binaries()
    if binaries is None:
        print("postgresql  skipped: no server binaries on this machine")
        return failed
    with throwaway_cluster(binaries) as url:
        return failed | run(url)


if __name__ == "__main__":
    sys.exit(measure() if "measure" in sys.argv else main())
