"""The list of tools: the matrix, and only what runs on mine."""

import pytest

from tests.catalog.factories import make_engine, make_source, make_support_cell

pytestmark = pytest.mark.django_db

PATH = "/tools/"


def page(client, **parameters):
    return client.get(PATH, parameters).context["listing_page"]


def names(client, **parameters):
    return [line.name for line in page(client, **parameters).lines]


def supports(engine, **axes):
    for axis, cells in axes.items():
        for key, value in cells.items():
            make_support_cell(engine, axis=axis, key=key, value=value)
    return engine


def cell(line, name):
    return next(cell for column, cell in line.cells if column.name == name)


def test_a_tool_stays_when_it_supports_everything_ticked_wholly_or_in_part(client):
    supports(
        make_engine("Both"),
        backend={"amd_rocm": "partial"},
        operating_system={"windows": "yes"},
    )
    supports(make_engine("One"), backend={"amd_rocm": "yes"})
    supports(
        make_engine("Refuses"),
        backend={"amd_rocm": "no"},
        operating_system={"windows": "yes"},
    )

    assert names(client, backend="amd_rocm", system="windows") == ["Both"]


def test_two_ticked_features_are_both_needed(client):
    supports(make_engine("Both"), feature={"vision": "yes", "embeddings": "yes"})
    supports(make_engine("One"), feature={"vision": "yes"})

    assert names(client, feature=["vision", "embeddings"]) == ["Both"]


def test_a_word_in_the_box_may_name_what_a_tool_supports(client):
    supports(
        make_engine("Both"),
        format={"gguf": "yes"},
        operating_system={"windows": "yes"},
    )
    supports(make_engine("One"), format={"gguf": "yes"})

    assert names(client, q="gguf windows") == ["Both"]


def test_counts_of_features_say_what_ticking_one_more_would_leave(client):
    supports(make_engine("Both"), feature={"vision": "yes", "embeddings": "yes"})
    supports(make_engine("One"), feature={"embeddings": "yes"})

    listed = page(client, feature="vision")
    group = next(each for each in listed.groups if each.name == "feature")

    assert {line.label: line.count for line in group.options} == {
        "Vision": "1",
        "Embeddings": "1",
    }


def test_every_cell_has_its_word_and_its_source_and_unknown_is_a_dash(client):
    engine = make_engine("Tool")
    proof = make_source(url="https://example.org/windows")
    make_support_cell(
        engine, axis="operating_system", key="windows", value="yes", source=proof
    )
    make_support_cell(engine, axis="backend", key="intel", value="unknown", source=None)

    line = page(client).lines[0]

    windows = cell(line, "operating_system-windows")
    assert (windows.text, windows.source.url) == ("Yes", "https://example.org/windows")
    assert windows.source.read_on == proof.retrieved_on
    assert cell(line, "backend-intel").text == ""


def test_a_cell_without_a_page_of_its_own_names_that_of_the_tool(client):
    engine = make_engine("Tool", source=make_source(url="https://example.org/tool"))
    make_support_cell(engine, axis="format", key="gguf", value="yes", source=None)

    shown = cell(page(client).lines[0], "format-gguf")

    assert shown.source.url == "https://example.org/tool"


def test_the_number_of_statements_does_not_grow(client, django_assert_num_queries):
    for number in range(9):
        supports(make_engine(f"Tool {number}"), feature={"vision": "yes"})

    # counts, four kinds of support, keys of the ticked one, rows, releases, cells
    with django_assert_num_queries(9):
        client.get(f"{PATH}?feature=vision")
