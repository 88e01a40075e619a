"""What tests share: a browser, and pages that a person could use."""

import gc
import os

import hypothesis
import pytest

# How long an example takes says more about the machine than about the code.
hypothesis.settings.register_profile("site", deadline=None)
hypothesis.settings.load_profile("site")

pytest_plugins = ["tests.browser.harness", "tests.kept_rows"]


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    """A proxy in the environment must not lead a test astray."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)


def pytest_configure(config):
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_finish():
    """What was imported stays: Python need not look through it for garbage again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """What asks no database at all runs once."""
    for item in items:
        asks = item.get_closest_marker("django_db") or DATABASE & set(item.fixturenames)
        if not asks:
            item.add_marker(pytest.mark.once)
