"""A throw-away PostgreSQL cluster for the tests: made, used, removed."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

PLACES = ["/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/*/bin"]
UNPRIVILEGED = "postgres"


def server_binaries() -> Path | None:
    """The folder with initdb and pg_ctl, the newest version first; None without one."""
    found = [
        path
        for pattern in PLACES
        for path in sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)
        if (path / "initdb").exists()
    ]
    if found:
        return found[0]
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _as_user(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root: it then runs as its own user."""
    if os.geteuid() != 0:
        return command
    return ["runuser", "-u", UNPRIVILEGED, "--", *command]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _run(command: list[str]) -> None:
    result = subprocess.run(
        _as_user(command),
        capture_output=True,
        text=True,
        cwd="/tmp",  # noqa: S108
    )
    if result.returncode != 0:
        raise RuntimeError(f"{command[0]} failed: {result.stderr or result.stdout}")


@contextlib.contextmanager
def throwaway_cluster(binaries: Path) -> Iterator[str]:
    """The address of a fresh cluster on the loopback interface, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="site-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, UNPRIVILEGED)
    data, port = str(folder / "data"), _free_port()
    initdb = [str(binaries / "initdb"), "-D", data, "-U", "tester", "-A", "trust"]
    _run([*initdb, "-E", "UTF8", "--no-locale", "--no-sync"])
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c fsync=off "
    options += f"-c full_page_writes=off -c synchronous_commit=off -k {folder}"
    pg_ctl = [str(binaries / "pg_ctl"), "-D", data, "-w"]
    _run([*pg_ctl, "-l", str(folder / "log"), "-o", options, "start"])
    try:
        yield f"postgres://tester@127.0.0.1:{port}/postgres"
    finally:
        with contextlib.suppress(RuntimeError):
            _run([*pg_ctl, "-m", "immediate", "stop"])
        shutil.rmtree(folder, ignore_errors=True)
