"""The documents keep up with the code."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.static

ROOT = Path(__file__).resolve().parents[1]
DOCS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *(ROOT / "docs").glob("*.md"),
    *(ROOT / "docs" / "decisions").glob("*.md"),
]
TARGETS = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(), re.M))
COMMANDS = {
    path.stem
    for path in (ROOT / "config/management/commands").glob("*.py")
    if path.stem != "__init__"
}


def settings_read():
    text = (ROOT / "config/settings.py").read_text()
    return set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', text))


def settings_documented():
    return set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))


def test_every_setting_is_documented_and_nothing_else():
    assert settings_read() | {"HOST", "PORT"} == settings_documented()


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_every_make_target_is_documented(target):
    assert any(f"make {target}" in path.read_text() for path in DOCS)


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_documented(command):
    assert any(command in path.read_text() for path in DOCS)


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_documents_name_only_targets_that_exist(path):
    named = set(re.findall(r"`make ([a-z]+)", path.read_text()))

    assert named <= TARGETS


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path):
    for link in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text()):
        assert (path.parent / link).exists(), link


def test_every_picture_of_the_documents_is_used_and_small():
    shown = {
        name
        for path in DOCS
        for name in re.findall(
            r"!\[[^\]]+\]\((?:docs/)?images/([^)]+)\)", path.read_text()
        )
    }
    pictures = {path.name: path for path in (ROOT / "docs/images").iterdir()}

    assert shown == set(pictures)
    assert all(path.stat().st_size <= 150_000 for path in pictures.values())
