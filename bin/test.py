"""`make test`: every test on SQLite, then the database tests on PostgreSQL."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from postgres import server_binaries, throwaway_cluster

ROOT = Path(__file__).resolve().parent.parent
PYTHON = str(ROOT / ".venv" / "bin" / "python")
EVERY_DATABASE = "not browser and not static and not once"
ENVIRONMENT = {
    "DEVELOPMENT": "true",
    "SECRET_KEY": "a-key-for-tests-only-and-longer-than-the-fifty-characters-asked-for",
    "LOG_LEVEL": "CRITICAL",
}


def loud(text: str) -> None:
    bar = "!" * 72
    print(f"\n{bar}\n{text}\n{bar}\n", file=sys.stderr, flush=True)


def may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(*packages: str) -> bool:
    print(f"· installing {', '.join(packages)} from the distribution", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", *packages]):
        result = subprocess.run(
            ["apt-get", *command], env=environment, stdout=subprocess.DEVNULL
        )
    return result.returncode == 0


def find_chromium() -> str | None:
    """A browser for the browser tests: the distribution's, else Playwright's."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None and may_install() and apt_install("chromium"):
        found = shutil.which("chromium")
    if found is not None:
        return found
    command = [PYTHON, "-m", "playwright", "install", "chromium"]
    if subprocess.run(command, stdout=subprocess.DEVNULL).returncode == 0:
        return "playwright"
    return None


def find_postgresql() -> Path | None:
    binaries = server_binaries()
    if binaries is None and may_install() and apt_install("postgresql"):
        binaries = server_binaries()
    return binaries


def pytest(*arguments: str, **environment: str) -> int:
    command = [PYTHON, "-m", "pytest", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | ENVIRONMENT | environment
    ).returncode


def main(arguments: list[str]) -> int:
    """0 when both lanes passed."""
    browser = find_chromium()
    lane = ["-n", "auto", "--dist", "worksteal", "-q", *arguments]
    chosen = []
    if browser is None:
        loud("No Chromium: the browser tests are skipped. apt install chromium")
        chosen = ["-m", "not browser"]
    print("· all tests on SQLite", flush=True)
    failed = pytest(*lane, *chosen, DATABASE_URL="", CHROMIUM=browser or "")
    binaries = find_postgresql()
    if binaries is None:
        loud("No PostgreSQL server: its lane is skipped. apt install postgresql")
        return failed
    print("· database tests on PostgreSQL", flush=True)
    with throwaway_cluster(binaries) as url:
        failed |= pytest(*lane, "-m", EVERY_DATABASE, DATABASE_URL=url)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
