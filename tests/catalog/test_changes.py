"""Rows of history tables into entries of a change history."""

import datetime
from uuid import UUID

import pytest

from catalog.changes import (
    IMPORT,
    NOT_RECORDED,
    Kind,
    Proof,
    Version,
    author,
    changes,
)
from editorial.models import EDITORIAL_DESK

CHIP = UUID(int=1)
DAY = datetime.date(2026, 11, 25)


def reader(name):
    return lambda values: str(values.get(name) or "")


def kind(name="chip", is_part=False):
    shown = {field: (field, reader(field)) for field in ("power", "memory")}
    return Kind(name, f"{name}s", lambda values: values["name"], shown, is_part)


WHOLE, PRICE = kind(), kind("price", is_part=True)


def version(number, kind=WHOLE, *, row=1, type="~", by=EDITORIAL_DESK, **values):
    """The version with `number`, made at that hour of the day."""
    at = datetime.datetime.combine(DAY, datetime.time(number), datetime.UTC)
    values = {"name": f"row {row}"} | values
    source = {"source_url": "https://example.org/row", "source_title": "Row"}
    return Version(kind, number, row, CHIP, at, type, by, values, **source)


def test_a_changed_field_is_told_with_its_old_and_new_value():
    log = changes([version(2, power=450), version(1, type="+", power=400)], {})

    assert [(f.label, f.old, f.new) for f in log[0].fields] == [("Power", "400", "450")]
    assert log[0].by == EDITORIAL_DESK


def test_a_value_that_became_known_has_no_old_one():
    log = changes([version(1, type="+"), version(2, power=450)], {})

    assert (log[0].fields[0].old, log[0].fields[0].new) == ("", "450")


def test_the_newest_entry_stands_first():
    rows = [version(n, power=n) for n in (2, 3)]

    log = changes([version(1, type="+"), *rows], {})

    assert [entry.at.hour for entry in log] == [3, 2, 1]


def test_a_save_that_changed_nothing_readers_see_is_left_out():
    log = changes([version(1, type="+", power=1), version(2, power=1)], {})

    assert [entry.what for entry in log] == ["Added"]


def test_an_import_tells_what_it_added_in_one_line_without_fields():
    rows = [version(1, type="+", by=IMPORT, power=450)]
    rows += [version(2, PRICE, row=n, type="+", by=IMPORT) for n in range(3)]

    (entry,) = changes(rows, {})

    assert entry.what == "Added, with 3 prices"
    assert entry.is_import
    assert entry.fields == []


def test_what_a_later_import_adds_is_not_called_the_row_itself():
    (entry,) = changes([version(1, PRICE, type="+", by=IMPORT)], {})

    assert entry.what == "Added: 1 price"


def test_what_an_import_changed_is_told_field_by_field_with_the_rows_source():
    rows = [version(1, type="+", by=IMPORT, power=1), version(2, by=IMPORT, power=2)]

    entry = changes(rows, {})[0]

    assert entry.fields[0].proof_url == "https://example.org/row"


def test_a_row_that_an_editor_added_or_removed_is_named():
    rows = [version(1, PRICE, type="+"), version(2, PRICE, type="-")]

    log = changes(rows, {})

    assert [entry.what for entry in log] == [
        "Price: row 1, removed",
        "Price: row 1, added",
    ]


def test_the_page_cited_for_the_field_on_that_day_proves_the_change():
    proof = Proof("https://example.org/proof", "Proof", DAY)
    rows = [version(1, type="+", power=1), version(2, power=2, memory=24)]

    entry = changes(rows, {(CHIP, "power"): [proof]})[0]

    assert [f.proof_url for f in entry.fields] == ["https://example.org/proof", ""]


def test_a_page_cited_on_another_day_proves_another_value():
    earlier = Proof("https://example.org/old", "Old", DAY - datetime.timedelta(days=1))
    rows = [version(1, type="+", power=1), version(2, power=2)]

    entry = changes(rows, {(CHIP, "power"): [earlier]})[0]

    assert entry.fields[0].proof_url == ""


def test_a_change_whose_version_before_is_unknown_is_not_invented():
    assert changes([version(5, power=450)], {}) == []


def test_rows_of_different_tables_are_not_mixed_up():
    rows = [version(1, type="+", power=1), version(2, PRICE, power=2)]

    assert [entry.what for entry in changes(rows, {})] == ["Added"]


@pytest.mark.parametrize(
    ("user_id", "reason", "name"),
    [
        (7, "", EDITORIAL_DESK),
        (7, None, EDITORIAL_DESK),
        (None, "Import", IMPORT),
        (7, "Import", IMPORT),
        (None, None, NOT_RECORDED),
    ],
)
def test_people_stand_behind_the_desk(user_id, reason, name):
    assert author(user_id, reason) == name


def test_an_entry_sums_itself_up_for_a_feed():
    rows = [version(1, type="+"), version(2, power=450)]

    entry = changes(rows, {})[0]

    assert entry.title == "Power"
    assert entry.summary == "Power: not known → 450"
