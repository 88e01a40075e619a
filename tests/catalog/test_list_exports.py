"""The rows of a filter as CSV and JSON."""

import csv
import io
import json

import pytest

from catalog.models import GIB
from tests.catalog.factories import make_ai_model, make_hardware, make_source

pytestmark = pytest.mark.django_db


def table(client, path):
    text = b"".join(client.get(path).streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_holds_every_row_of_the_filter_and_no_other(client):
    for number in range(55):
        make_hardware(f"Card {number:02}", kind="gpu")
    make_hardware("Chip", kind="apple_soc")

    rows = table(client, "/hardware/list.csv?kind=gpu&page=2&columns=power")

    assert [row["name"] for row in rows] == [f"Card {n:02}" for n in range(55)]


def test_csv_names_units_and_sources_and_leaves_the_unknown_empty(client):
    source = make_source(url="https://example.org/card")
    make_hardware("Card", memory_bytes=24 * GIB, source=source, marks={"a": "derived"})

    [row] = table(client, "/hardware/list.csv")

    assert row["memory_bytes"] == str(24 * GIB)
    assert row["memory_bandwidth_gb_s"] == "1008"
    assert row["board_power_w"] == ""
    assert row["source_url"] == "https://example.org/card"
    assert row["marks"] == "a: derived"


def test_no_cell_of_the_csv_is_a_formula(client):
    make_ai_model("=HYPERLINK(1)", slug="x")

    [row] = table(client, "/models/list.csv")

    assert row["name"] == "'=HYPERLINK(1)"


def test_json_says_what_was_asked_and_what_was_ignored(client):
    make_hardware("Card", kind="gpu")
    make_hardware("Chip", kind="apple_soc")

    response = client.get("/hardware/list.json?kind=gpu&memory_min=x")
    data = json.loads(b"".join(response.streaming_content))

    assert data["filters"] == {"kind": ["gpu"]}
    assert [each["parameter"] for each in data["ignored"]] == ["memory_min"]
    assert [row["slug"] for row in data["rows"]] == ["card"]
    assert data["rows"][0]["board_power_w"] is None


def test_nothing_found_is_an_empty_list_and_an_empty_file(client):
    response = client.get("/models/list.json")

    assert json.loads(b"".join(response.streaming_content))["rows"] == []
    assert table(client, "/models/list.csv") == []


def test_rows_that_come_in_several_lots_are_each_there_once(client, monkeypatch):
    monkeypatch.setattr("catalog.listing.exports.ROWS_AT_ONCE", 2)
    for number in (3, 1, 5, 2, 4):
        make_hardware(f"Card {number}", kind="gpu")

    rows = table(client, "/hardware/list.csv")

    assert [row["name"] for row in rows] == [f"Card {n}" for n in range(1, 6)]
