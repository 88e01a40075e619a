"""The history tables of a fact, read on both databases, and their pages."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.facts import record_change
from catalog.history import change_log, cited_by
from catalog.loading import load, parse_catalog
from catalog.models import GIB, Alias, Hardware
from catalog.tracked import AI_MODEL, ENGINE, HARDWARE, TRACKED
from tests.catalog.data_files import copy_few_rows, read_rows, write_rows
from tests.catalog.factories import (
    make_ai_model,
    make_engine,
    make_failure_mode,
    make_hardware,
    make_model_file,
    make_price,
    make_release,
    make_support_cell,
    make_vendor,
)
from tests.editorial.factories import make_publisher, make_source

pytestmark = pytest.mark.django_db

FACTS = {"tools": make_engine, "hardware": make_hardware, "models": make_ai_model}
every_folder = pytest.mark.parametrize("folder", FACTS)


def told(log):
    """The fields of the newest entry: label, old, new."""
    return [(change.label, change.old, change.new) for change in log[0].fields]


def test_numbers_dates_and_words_read_the_same_on_both_databases():
    chip = make_hardware(board_power_w=450, released_on=datetime.date(2022, 10, 12))
    chip.memory_bandwidth_gb_s = Decimal("1008.40")
    chip.memory_bytes = 48 * GIB
    chip.segment = "workstation"
    chip.has_nvlink = False
    chip.released_on = datetime.date(2023, 1, 1)
    chip.released_on_precision = "month"
    chip.board_power_w = None
    chip.save()

    assert sorted(told(change_log(chip, HARDWARE))) == [
        ("Board power (W)", "450", ""),
        ("Memory", "24 GB", "48 GB"),
        ("Memory bandwidth (GB/s)", "1\u202f008", "1\u202f008.4"),
        ("NVLink", "", "no"),
        ("Released on", "12 Oct 2022", "Jan 2023"),
        ("Segment", "Consumer", "Workstation"),
    ]


def test_an_editors_change_names_the_desk_and_the_page_that_proves_it():
    chip = make_hardware(board_power_w=400)
    chip.board_power_w = 450
    chip._history_user = make_publisher("somebody")
    chip.save()
    proof = make_source(url="https://example.org/data-sheet")
    record_change(chip, fields=["board_power_w"], source=proof)

    entry = change_log(chip, HARDWARE, citations=cited_by([chip.uid]))[0]

    assert entry.by == "Editorial desk"
    assert entry.fields[0].proof_url == "https://example.org/data-sheet"


def test_a_changed_price_is_told_on_its_hardware_with_its_own_proof():
    price = make_price(seller="A shop", amount=Decimal(1599))
    price.amount = Decimal("1499.50")
    price.save()
    proof = make_source(url="https://example.org/shop")
    record_change(price, fields=["amount"], source=proof)

    entry = change_log(price.hardware, HARDWARE)[0]

    assert entry.what == "Price: Street, new, A shop"
    assert entry.fields[0].new == "1\u202f499.5"
    assert entry.fields[0].proof_url == "https://example.org/shop"


def test_a_removed_row_is_still_told():
    model = make_ai_model()
    make_model_file(model).delete()

    entry = change_log(model, AI_MODEL)[0]

    assert entry.what == "File: Q4_K_M by someone, removed"


def test_every_kind_of_row_of_a_tool_is_told():
    engine = make_engine()
    make_release(engine, version="1.2")
    make_support_cell(engine, key="vision")
    make_failure_mode(engine, title="It stops")
    engine.statements.create(claim="It is so.", source=make_source())

    log = change_log(engine, ENGINE)

    assert {entry.what for entry in log} == {
        "Added",
        "Release: 1.2, added",
        "Cell: vision, added",
        "Failure mode: It stops, added",
        "Statement: It is so., added",
    }


def test_notes_for_editors_stay_with_editors():
    engine = make_engine()
    engine.notes = "Ask them first."
    engine.save()

    assert [entry.what for entry in change_log(engine, ENGINE)] == ["Added"]


def test_a_change_of_the_maker_is_told_by_name():
    chip = make_hardware(vendor=make_vendor("Old maker"))
    chip.vendor = make_vendor("New maker")
    chip.save()

    assert told(change_log(chip, HARDWARE)) == [("Vendor", "Old maker", "New maker")]


def test_an_import_is_one_entry_and_a_later_one_tells_what_it_changed(tmp_path):
    directory = copy_few_rows(tmp_path)
    load(parse_catalog(directory))
    rows = read_rows(directory / "hardware.csv")
    for row in rows:
        row["tdp_watts"] = "455" if row["slug"] == "rtx-4090" else row["tdp_watts"]
    write_rows(directory / "hardware.csv", rows)
    load(parse_catalog(directory))
    chip = Hardware.objects.get(slug="rtx-4090")

    later, first = change_log(chip, HARDWARE)

    assert first.what == "Added, with 18 prices"
    assert (later.by, later.fields[0].old, later.fields[0].new) == (
        "Import",
        "450",
        "455",
    )
    assert later.fields[0].proof_url == chip.source.url


@every_folder
def test_the_log_takes_two_statements_however_much_has_changed(folder):
    fact = FACTS[folder]()
    parts = TRACKED[{"tools": "engine", "models": "model"}.get(folder, folder)]
    for number in range(5):
        fact.name = f"Name {number}"
        fact.save()

    with CaptureQueriesContext(connection) as statements:
        assert len(change_log(fact, parts)) == 6
    assert len(statements) <= 2


def test_only_the_newest_versions_are_read_and_nothing_is_made_up_of_the_rest():
    chip = make_hardware()
    for watts in (1, 2, 3):
        chip.board_power_w = watts
        chip.save()

    log = change_log(chip, HARDWARE, most=2)

    assert told(log) == [("Board power (W)", "2", "3")]
    assert len(log) == 1


@every_folder
def test_no_statement_reads_a_person(client, folder):
    fact = FACTS[folder]()
    fact._history_user = make_publisher("secret-name")
    fact.name = "Renamed"
    fact.save()

    with CaptureQueriesContext(connection) as statements:
        page = client.get(f"{fact.get_absolute_url()}changes/").content.decode()

    assert not any("auth_user" in row["sql"] for row in statements)
    assert "secret-name" not in page
    assert "Editorial desk" in page


@every_folder
def test_the_page_of_changes_and_its_feed_are_linked_and_answer(client, folder):
    fact = FACTS[folder]()
    url = fact.get_absolute_url()
    page = client.get(url).content.decode()

    for path in (f"{url}changes/", f"{url}changes.atom"):
        assert f'href="{path}"' in page
        assert client.get(path).status_code == 200
        assert client.post(path).status_code == 405


@every_folder
def test_an_alias_leads_to_the_changes_of_what_it_names(client, folder):
    fact = FACTS[folder]()
    kind = {"tools": "engine", "models": "model"}.get(folder, folder)
    Alias.objects.create(fact_type=kind, alias="old-name", target_uid=fact.uid)

    for rest in ("changes/", "changes.atom"):
        response = client.get(f"/{folder}/old-name/{rest}")
        assert response.status_code == 301
        assert response["Location"] == f"{fact.get_absolute_url()}{rest}"
        assert client.get(f"/{folder}/nothing/{rest}").status_code == 404


def test_the_page_of_changes_is_cut_into_pages(client):
    chip = make_hardware()
    for watts in range(1, 61):
        chip.board_power_w = watts
        chip.save()
    url = f"{chip.get_absolute_url()}changes/"

    first = client.get(url).context["page"]
    last = client.get(url, {"page": "2"}).context["page"]

    assert (len(first.object_list), len(last.object_list)) == (50, 11)
    assert client.get(url, {"page": "nonsense"}).context["page"].number == 1


def test_the_page_shows_the_newest_twenty_and_counts_the_rest(client):
    chip = make_hardware()
    for watts in range(1, 31):
        chip.board_power_w = watts
        chip.save()

    context = client.get(chip.get_absolute_url()).context

    assert len(context["changes"]) == 20
    assert context["change_count"] == 31


def test_the_feed_holds_fields_in_words_and_escapes_them(client):
    chip = make_hardware()
    chip.notes = "<b>bold</b> & more"
    chip.save()

    feed = client.get(f"{chip.get_absolute_url()}changes.atom")

    assert feed["Content-Type"].startswith("application/atom+xml")
    text = feed.content.decode()
    assert "&amp;lt;b&amp;gt;bold" in text
    assert f"urn:uuid:{chip.uid}:" in text


def test_an_unchanged_feed_is_not_sent_twice(client):
    url = f"{make_hardware().get_absolute_url()}changes.atom"
    tag = client.get(url)["ETag"]

    assert client.get(url, headers={"if-none-match": tag}).status_code == 304
