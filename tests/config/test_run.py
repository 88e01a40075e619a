"""`make run` keeps a worker beside the server, and leaves none behind."""

import os
import signal
import sys

import pytest
from run import mail_place, serve_beside

HELPER = """
import os, pathlib, signal, sys
folder = pathlib.Path(sys.argv[1])

def end(*_):
    (folder / "ended").write_text(str(os.getpid()))
    sys.exit(0)

signal.signal(signal.SIGTERM, end)
(folder / "ready").touch()
while True:
    signal.pause()
"""
SERVER = """
import os, pathlib, signal, sys, time
ready = pathlib.Path(sys.argv[1]) / "ready"
while not ready.exists():
    time.sleep(0.01)
if sys.argv[2] == "asks":
    os.kill(os.getppid(), signal.SIGTERM)
    signal.pause()
sys.exit(3)
"""


@pytest.fixture(autouse=True)
def handlers():
    known = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    yield
    for each, handler in known.items():
        signal.signal(each, handler)


@pytest.mark.parametrize(("manner", "code"), [("stops", 3), ("asks", -signal.SIGTERM)])
def test_the_worker_ends_with_the_server_whoever_ends_it(tmp_path, manner, code):
    helper = [sys.executable, "-c", HELPER, str(tmp_path)]
    server = [sys.executable, "-c", SERVER, str(tmp_path), manner]

    assert serve_beside(helper, server) == code

    worker = int((tmp_path / "ended").read_text())
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


@pytest.mark.static
@pytest.mark.parametrize(
    ("environment", "settings", "words"),
    [
        ({}, None, "var/mail/"),
        ({}, "EMAIL_URL=\n", "var/mail/"),
        ({}, "EMAIL_URL=smtp://localhost\n", "EMAIL_URL"),
        ({"EMAIL_URL": "smtp://localhost"}, None, "EMAIL_URL"),
    ],
)
def test_the_start_names_the_place_where_mail_goes(
    tmp_path, environment, settings, words
):
    path = tmp_path / ".env"
    if settings is not None:
        path.write_text(settings)

    assert words in mail_place(environment, path)
