"""A real Chromium for tests, and axe to judge what it shows."""

import contextlib
import os
import re
import shutil
import socket
import threading

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.contrib.staticfiles.handlers import StaticFilesHandlerMixin
from playwright.sync_api import sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
EXCUSED = re.compile(
    "^Failed to load resource|^Applying inline style"  # axe injects styles
    "|was preloaded using link preload but not used within a few seconds"
)
"""What the browser says that is not about the page; the last is of slow machines."""

END_TRANSITIONS = "document.getAnimations().forEach(each => each.finish())"
"""A colour on its way from one scheme to the other is neither's."""


def _executable() -> str | None:
    named = os.environ.get("CHROMIUM", "")
    if named and named != "playwright":
        return named
    return shutil.which("chromium") if not named else None


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=_executable(), args=ARGUMENTS
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def kept_static_files():
    """Static files that a browser need not ask for twice, as on the site itself."""
    serve = StaticFilesHandlerMixin.serve

    def serve_to_keep(self, request):
        response = serve(self, request)
        response["Cache-Control"] = "max-age=3600"
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandlerMixin, "serve", serve_to_keep)
        yield


class Visitors:
    """The connections that the server of the tests has not done with."""

    def __init__(self, server):
        self._changed = threading.Condition()
        self._server, self._here = server, set()
        self._take, self._serve = server.process_request, server.process_request_thread
        server.process_request = self._enter
        server.process_request_thread = self._stay

    def _enter(self, request, address):
        with self._changed:
            self._here.add(address)
        self._take(request, address)

    def _stay(self, request, address):
        try:
            self._serve(request, address)
        finally:
            with self._changed:
                self._here.discard(address)
                self._changed.notify_all()

    def wait_until_gone(self):
        """Returns when all that was asked before has been answered and written.

        After ten seconds too: a connection that a browser keeps for later is idle.
        """
        with contextlib.closing(
            socket.create_connection(self._server.server_address)
        ) as last:
            last.shutdown(socket.SHUT_WR)
            last.recv(1)  # the queue is served in order: who came before is inside
        with self._changed:
            self._changed.wait_for(lambda: not self._here, timeout=10)


@pytest.fixture(scope="session")
def visitors(live_server):
    return Visitors(live_server.thread.httpd)


@pytest.fixture
def open_page(chromium, kept_static_files, live_server, visitors):
    """`open_page("/compare/", width=390)`: a page that fails on any console error.

    At its end nothing is under way any more that could write to the database of the
    next test: a form that was closed still sends what was typed.
    """
    contexts, complaints = [], []

    def open_at(path, *, width=1280, scheme="light", cookies=(), scripts=True):
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=scripts,
        )
        context.add_cookies(list(cookies))
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda message: (
                complaints.append(message.text)
                if message.type in {"error", "warning"}
                else None
            ),
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{live_server.url}{path}")
        return page

    yield open_at
    for context in contexts:
        context.close()
    visitors.wait_until_gone()
    assert [text for text in complaints if not EXCUSED.search(text)] == []


def violations(page) -> list[str]:
    """What axe has against the page, a line per rule and place."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    options = {
        "runOnly": {"type": "tag", "values": RULES},
        "resultTypes": ["violations"],
        "preload": False,
    }
    found = page.evaluate("async options => await axe.run(options)", options)
    return [
        f"{violation['id']}: {node['target']} {node.get('failureSummary', '')}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def violations_in_every_sight(page, *, wide=1280, narrow=390) -> list[str]:
    """What axe has against the page at both widths and in both colour schemes.

    Two looks: what depends on the width is seen at both, colours in both schemes.
    """
    found = []
    for width, scheme in ((wide, "light"), (narrow, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.evaluate(END_TRANSITIONS)
        found += [f"{width} px, {scheme}: {each}" for each in violations(page)]
    return found
