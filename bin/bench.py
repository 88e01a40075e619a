"""`make bench`: statements and CPU time of the compare page, on both databases.

The page is asked for uncached, through the whole of Django but no network, beside a
page that does nothing, whose cost is what Django itself takes. "First" is the first
request of a process, which compiles templates and statements and draws the frozen
pieces; "then" is the mean of the requests after it.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from postgres import server_binaries, throwaway_cluster

ROOT = Path(__file__).resolve().parent.parent
PAGE = "/compare/engines/tensorrt-llm-vs-vllm/"
EMPTY = "/robots.txt"
ROUNDS = 200
KEY = "a-key-for-measuring-only-and-longer-than-fifty-characters"


def prepare(environment: dict[str, str]) -> None:
    for command in (["migrate", "-v0"], ["load_catalog"], ["load_content"]):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment,
            check=True,
            capture_output=True,
        )


def ready_client():
    """A test client of the site as it is served, but for the names of static files.

    For a process of its own: it sets Django up, on the database of its environment.
    """
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client
    from django.test.utils import override_settings

    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}
    override_settings(STORAGES=storages, ALLOWED_HOSTS=["testserver"]).enable()
    return Client()


def measure() -> None:
    """Runs in a process of its own, with the database that its environment names."""
    client = ready_client()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost(path: str, rounds: int) -> float:
        """Milliseconds of CPU for one request, as a mean."""
        began = time.process_time()
        for _ in range(rounds):
            client.get(path)
        return 1000 * (time.process_time() - began) / rounds

    first, then = {}, {}
    for path in (EMPTY, PAGE):
        first[path] = cost(path, 1)
        then[path] = cost(path, ROUNDS)
    with CaptureQueriesContext(connection) as captured:
        client.get(PAGE)
    print(
        f"{connection.vendor:<11} {len(captured)} statements; "
        f"first {first[PAGE]:.1f} ms of CPU (empty page {first[EMPTY]:.1f}), "
        f"then {then[PAGE]:.1f} ms (empty page {then[EMPTY]:.1f})"
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
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    database = folder / "bench.sqlite3"
    database.unlink(missing_ok=True)
    run(f"sqlite:///{database}")
    database.unlink(missing_ok=True)
    binaries = server_binaries()
    if binaries is None:
        print("No PostgreSQL server on this machine: measured on SQLite only.")
        return
    with throwaway_cluster(binaries) as url:
        run(url)


if __name__ == "__main__":
    measure() if sys.argv[1:] == ["measure"] else main()
