"""The house's rules, kept by a test instead of by memory."""

import re
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.static

ROOT = Path(__file__).resolve().parents[1]
LISTED = subprocess.run(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
    cwd=ROOT,
    capture_output=True,
    text=True,
    check=True,
).stdout.split("\n")
TRACKED = [ROOT / name for name in LISTED if name and (ROOT / name).is_file()]
MODULES = [
    path
    for path in TRACKED
    if path.suffix == ".py" and path.parent.name != "migrations"
]
TEMPLATES = [path for path in TRACKED if path.suffix == ".html"]
COMPONENTS = [path for path in TEMPLATES if path.parent.name == "components"]
APPS = [
    "config",
    "editorial",
    "estimator",
    "accounts",
    "catalog",
    "benchmarks",
    "comparisons",
    "calculators",
]
DRAWERS = {"utils", "helpers", "misc", "common", "core"}


def name_of(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_module_is_short_and_named_for_what_it_holds(module):
    assert len(module.read_text().splitlines()) <= 300
    assert module.stem not in DRAWERS


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_a_template_is_short_and_holds_no_style_script_or_handler(template):
    text = template.read_text()

    assert len(text.splitlines()) <= 150
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", text)
    inline = re.findall(r"<script(?![^>]*(?:src=|ld\+json))", text)
    assert inline == []


@pytest.mark.parametrize("component", COMPONENTS, ids=name_of)
def test_a_component_documents_its_variables(component):
    assert component.read_text().startswith("{% comment %}")


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_components_are_included_with_only_what_they_need(template):
    for line in re.findall(r'{% include "components/[^%]*%}', template.read_text()):
        assert " only %}" in line


@pytest.mark.parametrize("app", APPS)
def test_the_architecture_page_mentions_every_app(app):
    assert f"`{app}/`" in (ROOT / "docs/architecture.md").read_text()


def test_no_file_names_a_package_registry_or_this_machine():
    registries = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|index-url\s+http")
    machine = re.compile(r"(?<![\w.])/(?:work|root)/\w")
    for path in TRACKED:
        is_text = path.suffix in {".py", ".md", ".txt", ".html", ".toml", ".in", ""}
        if is_text and path != Path(__file__):
            text = path.read_text(errors="ignore")
            assert not registries.search(text), path
            assert not machine.search(text), path


def test_colours_come_from_the_tokens():
    for path in TRACKED:
        if path.suffix == ".css" and path.name not in {"tokens.css", "desk.css"}:
            assert not re.search(r"#[0-9a-fA-F]{3,8}\b", path.read_text()), path
            assert "!important" not in path.read_text(), path


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_each_cell_of_a_table_that_stacks_on_a_phone_names_its_column(template):
    text = template.read_text()
    for table in re.findall(
        r'<table class="[^"]*table--stacked.*?</table>', text, re.S
    ):
        cells = re.findall(r"<td\b[^>]*>", table)
        bare = [cell for cell in cells if "data-label" not in cell]
        assert all("data-table__tick" in cell for cell in bare)
