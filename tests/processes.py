"""Processes that work on the database of the test that starts them."""

import os
import subprocess
import sys
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


def environment_of_worker() -> dict[str, str]:
    """The environment in which the site's settings lead to the test's database.

    The test must be a transactional one: others see only what was committed.
    """
    place = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{place['NAME']}"
    else:
        url = "postgres://{USER}@{HOST}:{PORT}/{NAME}".format_map(place)
    return os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }


def start_worker(code: str, *arguments: object) -> subprocess.Popen[str]:
    """A Python of its own that runs `code`, with pipes to and from it."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        env=environment_of_worker(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run_worker(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """The same, to its end; what it said and its mistakes are in the answer."""
    worker = start_worker(code, *arguments)
    output, errors = worker.communicate(timeout=300)
    return subprocess.CompletedProcess(worker.args, worker.returncode, output, errors)
