"""`make run`: from a bare checkout to a site that answers, in one command."""

import hashlib
import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import FrameType

from environment import PYTHON, ROOT, install, is_installed, make_environment, say, stop

VAR = ROOT / "var"
LOCAL_HOSTS = {"127.0.0.1", "localhost", "::1"}
COMPARE = "compare/engines/tensorrt-llm-vs-vllm/"


def refuse_taken_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            stop(
                f"Something listens on {host}:{port} already. Choose another port: "
                f"make run PORT={port + 1}"
            )


def write_local_settings(host: str, port: int) -> None:
    """A key of this machine's own, in a file that git does not track."""
    path = ROOT / ".env"
    if path.exists():
        return
    say("· writing .env with a random key for this machine")
    key = secrets.token_urlsafe(50)
    path.write_text(
        f"DEVELOPMENT=true\nSECRET_KEY={key}\nSITE_URL=http://{host}:{port}\n"
    )
    path.chmod(0o600)


def digest_of(folders: Iterable[str]) -> str:
    """One digest over the names and bytes of every file in `folders`."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(ROOT)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def manage(*arguments: str) -> None:
    command = [str(PYTHON), "manage.py", *arguments]
    if subprocess.run(command, cwd=ROOT).returncode != 0:
        stop(f"`manage.py {' '.join(arguments)}` failed; the lines above say why.")


def step(name: str, label: str, folders: Iterable[str], *commands: list[str]) -> None:
    """Run `commands` unless nothing under `folders` changed since they last ran."""
    stamp = VAR / f"{name}.stamp"
    digest = digest_of(folders)
    if stamp.exists() and stamp.read_text() == digest:
        return
    say(f"· {label}")
    for command in commands:
        manage(*command)
    stamp.write_text(digest)


def prepare() -> None:
    """Database, facts, documents and static files, each only when something changed."""
    VAR.mkdir(exist_ok=True)
    url = os.environ.get("DATABASE_URL", "")
    if not url and not (VAR / "site.sqlite3").exists():
        for stamp in VAR.glob("*.stamp"):
            stamp.unlink()
    code = ["config", "editorial", "accounts", "catalog", "benchmarks"]
    code += ["comparisons", "calculators", "newsletter"]
    migrations = [f"{app}/migrations" for app in code]
    step("migrate", "database", [*migrations, "requirements"], ["migrate", "-v0"])
    step("catalog", "facts", ["data"], ["load_catalog"])
    step("content", "documents", ["content", "data"], ["load_content"])
    # A database of an earlier version lacks what the import now keeps beside its rows.
    step("confidence", "confidence", ["benchmarks"], ["regrade_benchmarks"])
    index = ["editorial/search", "editorial/migrations"]
    step("search", "search index", index, ["rebuild_search"])
    collect = ["collectstatic", "--noinput", "-v0"]
    step("static", "static files", ["static", "requirements"], collect)
    if not (VAR / "accounts.stamp").exists():
        say("· demo accounts")
        manage("create_demo_accounts")
        (VAR / "accounts.stamp").write_text("")


def mail_place(environment: Mapping[str, str], local_settings: Path) -> str:
    """Where mail of the site goes, for whoever looks for it."""
    lines = local_settings.read_text().splitlines() if local_settings.exists() else []
    written = (line.partition("=")[2] for line in lines if line.startswith("EMAIL_URL"))
    if environment.get("EMAIL_URL") or any(value.strip() for value in written):
        return "out, by EMAIL_URL"
    return f"{VAR / 'mail'}/ (files; nothing is sent)"


def serve(host: str, port: int) -> None:
    base = f"http://{host}:{port}/"
    say("")
    say(f"  Site       {base}")
    say(f"  Comparison {base}{COMPARE}")
    say(f"  Desk       {base}admin/")
    say(f"  Mail       {mail_place(os.environ, ROOT / '.env')}")
    say("")
    say(
        "Stop with Ctrl-C. New passwords: .venv/bin/python manage.py "
        "create_demo_accounts --reset"
    )
    arguments = [str(PYTHON), "-m", "gunicorn", "config.wsgi", "--bind"]
    arguments += [f"{host}:{port}", "--workers", "2", "--log-level", "warning"]
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    sys.exit(serve_beside([str(PYTHON), "bin/work.py"], arguments))


def serve_beside(helper: list[str], server: list[str]) -> int:
    """Run both until the server ends; answers its exit code. Nothing stays behind."""
    started: list[subprocess.Popen[bytes]] = []

    def end(signum: int, frame: FrameType | None) -> None:
        for process in started:
            process.terminate()

    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signum, end)
    started += [subprocess.Popen(command, cwd=ROOT) for command in (helper, server)]
    code = started[1].wait()
    started[0].terminate()
    started[0].wait()
    return code


def main() -> None:
    host = os.environ.get("HOST", "127.0.0.1")
    port = int(os.environ.get("PORT", "8000"))
    refuse_taken_port(host, port)
    make_environment()
    if not is_installed("dev"):
        install("runtime")
    write_local_settings(host, port)
    os.environ["SITE_URL"] = f"http://{host}:{port}"
    if host not in LOCAL_HOSTS:  # asked to be reached from elsewhere, by any name
        os.environ.setdefault("ALLOWED_HOSTS", "*")
    prepare()
    serve(host, port)


if __name__ == "__main__":
    sys.exit(main())
