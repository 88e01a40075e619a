"""Time of the pages that ask the estimator: one answer, a whole catalogue.

    python bin/bench_estimates.py   both databases

Every page is asked for uncached, through the whole of Django but no network. Wall time
and CPU time stand side by side: on a busy machine only the second says something.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from bench import KEY, prepare, ready_client
from postgres import server_binaries, throwaway_cluster

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 40
PAGES = {
    "no question": "/will-it-run/",
    "one answer": "/will-it-run/?model=qwen3-32b&hardware=rtx-3090",
    "one answer, two cards, vLLM": (
        "/will-it-run/?model=qwen3-32b&hardware=rtx-4090&count=2&engine=vllm"
    ),
    "models for a machine": "/will-it-run/rtx-3090/",
    "models for the most measured machine": "/will-it-run/ryzen-ai-max-plus-395/",
    "models for a machine, filtered": "/will-it-run/rtx-4090/?task=code&floor=20",
    "hardware for a model": "/will-it-run/model/qwen3-32b/",
    "page of hardware, with its chips": "/hardware/rtx-3090/",
    "page of a model, with its chips": "/models/qwen3-32b/",
}


def timed(client, path: str) -> tuple[float, float]:
    """Medians of wall time and CPU time, in milliseconds."""
    client.get(path)
    walls, cpus = [], []
    for _ in range(ROUNDS):
        wall, cpu = time.perf_counter(), time.process_time()
        client.get(path)
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
    return sorted(walls)[ROUNDS // 2], sorted(cpus)[ROUNDS // 2]


def measure() -> None:
    """Runs in a process of its own, with the database that its environment names."""
    client = ready_client()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for name, path in PAGES.items():
        wall, cpu = timed(client, path)
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        print(
            f"{connection.vendor:<11}{name:<38}{len(captured):>3} statements"
            f"{wall:>8.1f} ms{cpu:>8.1f} ms of CPU",
            flush=True,
        )


def run(url: str) -> None:
    environment = os.environ | {
        "DEVELOPMENT": "true",
        "SECRET_KEY": KEY,
        "DATABASE_URL": url,
        "LOG_LEVEL": "CRITICAL",
    }
    prepare(environment)
    command = [sys.executable, __file__, "measure"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def main() -> None:
    binaries = server_binaries()
    if binaries is None:
        print("No PostgreSQL server on this machine: measured on SQLite only.")
    else:
        with throwaway_cluster(binaries) as url:
            run(url)
    database = ROOT / "var" / "bench-estimates.sqlite3"
    database.parent.mkdir(exist_ok=True)
    database.unlink(missing_ok=True)
    run(f"sqlite:///{database}")
    database.unlink(missing_ok=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["measure"]:
        measure()
    else:
        main()
