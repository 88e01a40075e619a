"""`make screenshots`: the pictures of docs/editing.md, of a desk that is thrown away.

A database of its own with the shipped facts and texts, people at work in it, and a
clock that stands on the same morning each time: a picture changes when the desk does.
"""

import datetime
import os
import shutil
import struct
import sys
import tempfile
import zlib
from pathlib import Path

from environment import ROOT, say, stop

PICTURES = ROOT / "docs" / "images"
MORNING = datetime.datetime(2026, 11, 24, 9, tzinfo=datetime.UTC)
AFTERNOON = MORNING + datetime.timedelta(hours=6)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
MOST_BYTES = 150_000
WIDTH = 1280
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def set_up(folder: str) -> None:
    """Django on a database in `folder`; for a process of its own."""
    sys.path.insert(0, str(ROOT))
    os.environ |= {
        "DEVELOPMENT": "true",
        "SECRET_KEY": "a-key-for-pictures-only-and-longer-than-fifty-characters",
        "LOG_LEVEL": "CRITICAL",
        "DATABASE_URL": f"sqlite:///{folder}/desk.sqlite3",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
        "TQDM_DISABLE": "1",
    }
    import django

    django.setup()


def serve():
    """The site in a thread of this process, so that it keeps the same clock."""
    from django.contrib.staticfiles.testing import StaticLiveServerTestCase
    from django.test.testcases import LiveServerThread

    server = LiveServerThread("127.0.0.1", StaticLiveServerTestCase.static_handler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    return server


class Camera:
    """Takes a picture of a page of the desk, signed in as one of its people."""

    def __init__(self, browser, address: str, clock) -> None:
        self.browser, self.address, self.clock = browser, address, clock

    def open(self, person: str, path: str, *, height: int = 900):
        from screenshots_desk import session_cookie

        context = self.browser.new_context(
            viewport={"width": WIDTH, "height": height},
            color_scheme="light",
            reduced_motion="reduce",
            timezone_id="UTC",
        )
        context.add_cookies([session_cookie(person, self.address)])
        self.clock.move_to(AFTERNOON)
        page = context.new_page()
        page.goto(f"{self.address}{path}")
        page.wait_for_load_state("networkidle")
        return page

    def take(self, page, name: str) -> None:
        path = PICTURES / f"{name}.png"
        page.evaluate("document.fonts.ready")
        page.screenshot(path=path, animations="disabled", caret="hide")
        pack(path)
        say(f"  {path.relative_to(ROOT)}  {path.stat().st_size // 1000} kB")
        if path.stat().st_size > MOST_BYTES:
            stop(f"{path.name} is larger than {MOST_BYTES // 1000} kB.")


def pack(path: Path) -> None:
    """The same picture in fewer bytes: the browser packs in a hurry."""
    data = path.read_bytes()
    chunks, position = [], len(SIGNATURE)
    while position < len(data):
        (size,) = struct.unpack_from(">I", data, position)
        chunks.append((data[position + 4 : position + 8], position + 8, size))
        position += size + 12
    pixels = b"".join(
        data[at : at + size] for kind, at, size in chunks if kind == b"IDAT"
    )
    header = next(data[at : at + size] for kind, at, size in chunks if kind == b"IHDR")
    packed = zlib.compress(zlib.decompress(pixels), 9)
    parts = [(b"IHDR", header), (b"IDAT", packed), (b"IEND", b"")]
    path.write_bytes(SIGNATURE + b"".join(chunk(*part) for part in parts))


def chunk(kind: bytes, body: bytes) -> bytes:
    check = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)


def main() -> None:
    executable = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, BROWSERS)), None
    )
    if executable is None:
        stop("The pictures need a browser: apt install chromium")
    with tempfile.TemporaryDirectory(prefix="site-pictures-") as folder:
        set_up(folder)
        import time_machine
        from playwright.sync_api import sync_playwright
        from screenshots_desk import make_desk, take_pictures

        with time_machine.travel(MORNING, tick=True) as clock:
            say("· a desk to be thrown away")
            make_desk(clock, MORNING)
            server = serve()
            say("· its pictures")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=executable, args=["--no-sandbox", "--disable-gpu"]
                )
                address = f"http://127.0.0.1:{server.port}"
                take_pictures(Camera(browser, address, clock))
                browser.close()
            server.terminate()


if __name__ == "__main__":
    main()
