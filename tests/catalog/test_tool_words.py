"""A tool in words: what it is and is not, its cells and its releases."""

import datetime

import pytest

from catalog.details.engines import engine_figures, engine_summary, release_rows
from catalog.details.support import support_rows, support_tables
from catalog.models import Engine
from tests.catalog.factories import make_engine, make_release, make_support_cell

pytestmark = pytest.mark.django_db


def loaded(engine):
    return Engine.objects.for_detail().get(pk=engine.pk)


def test_an_engine_computes_itself_and_says_where():
    engine = make_engine("Alpha")
    for key in ("nvidia_cuda", "cpu"):
        make_support_cell(engine, axis="backend", key=key)
    make_support_cell(engine, axis="backend", key="vulkan", value="no")
    make_support_cell(engine, axis="operating_system", key="wsl2")

    assert engine_summary(loaded(engine)) == [
        "Alpha is an engine: it loads model files and computes the answer itself.",
        "It runs on CPU and NVIDIA CUDA.",
        "Its sources name Windows (WSL2).",
    ]


def test_a_front_end_that_leaves_the_work_to_a_server_says_so():
    engine = make_engine(kind="frontend")
    for key in ("paged_attention", "tensor_parallel"):
        make_support_cell(engine, key=key, value="not_applicable", source=None)

    text = " ".join(engine_summary(loaded(engine)))

    assert "It computes nothing itself: 2 of its features are left" in text


def test_a_front_end_that_loads_files_has_an_engine_inside():
    engine = make_engine(kind="frontend")
    make_support_cell(engine, axis="format", key="gguf", source=None)

    text = " ".join(engine_summary(loaded(engine)))

    assert "It loads GGUF files itself, with an engine inside." in text
    assert "computes nothing" not in text


def test_a_tool_whose_development_stopped_says_so():
    assert "Its development has stopped." in engine_summary(
        loaded(make_engine(status="inactive"))
    )


def test_a_cell_has_its_word_note_source_and_day():
    engine = make_engine()
    cell = make_support_cell(engine, key="vision", value="partial", note="PNG only")

    (row,) = support_rows(loaded(engine), "feature")

    assert (row.label, row.display, row.note) == ("Vision", "Partial", "PNG only")
    assert row.source_url == cell.source.url
    assert row.read_on == datetime.date(2026, 11, 1)


def test_a_cell_that_nobody_knows_is_a_dash_without_a_source():
    engine = make_engine()
    make_support_cell(engine, key="vision", value="unknown", source=None)

    (row,) = support_rows(loaded(engine), "feature")

    assert (row.display, row.source_url) == ("", "")


def test_what_does_not_apply_is_not_called_unknown_or_no():
    engine = make_engine()
    make_support_cell(engine, key="vision", value="not_applicable", source=None)

    assert support_rows(loaded(engine), "feature")[0].display == "Not applicable"


def test_a_format_without_a_source_of_its_own_has_the_rows():
    engine = make_engine()
    make_support_cell(engine, axis="format", key="gguf", source=None)

    (row,) = support_rows(loaded(engine), "format")

    assert (row.label, row.source_url) == ("GGUF", engine.source.url)


def test_supported_things_stand_before_what_is_missing():
    engine = make_engine()
    make_support_cell(engine, key="embeddings", value="unknown", source=None)
    make_support_cell(engine, key="openai_api", value="no")
    make_support_cell(engine, key="vision", value="yes")

    assert [row.display for row in support_rows(loaded(engine), "feature")] == [
        "Yes",
        "No",
        "",
    ]


def test_an_axis_without_cells_has_no_section():
    engine = make_engine()
    make_support_cell(engine)

    assert [anchor for anchor, _, _ in support_tables(loaded(engine))] == ["features"]


def test_a_licence_that_changed_says_so_beside_its_name(client):
    note = "BSD up to 0.6.5; a branding clause since"
    engine = make_engine(license="LicenseRef-Own", license_note=note)

    (table,) = client.get(engine.get_absolute_url()).context["tables"]

    assert {row.label: row.note for row in table.rows}["Licence"] == note


def test_releases_say_what_they_are_known_from():
    engine = make_engine()
    make_release(engine, role="first", version="", basis="announcement")
    make_release(engine, version="0.26", released_on=None, basis="docs")
    make_release(engine, role="later_reported", version="0.29", basis="second_hand")

    rows = release_rows(loaded(engine))

    assert [(row.version, row.when, row.basis) for row in rows] == [
        ("0.29", "1 Aug 2026", "third party"),
        ("0.26", "", "documentation"),
        ("", "1 Aug 2026", "announcement"),
    ]
    assert rows[2].source_url


def test_the_figures_count_only_features_that_are_known():
    engine = make_engine(license="MIT", default_port=8000)
    make_support_cell(engine, key="vision")
    make_support_cell(engine, key="embeddings", value="no")
    for key, value in (("multi_node", "unknown"), ("lora_serving", "not_applicable")):
        make_support_cell(engine, key=key, value=value, source=None)

    shown = {figure.label: figure.display for figure in engine_figures(loaded(engine))}

    assert shown == {
        "licence": "MIT",
        "of the features known": "1/2",
        "default port": "8000",
    }
