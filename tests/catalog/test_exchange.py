"""Facts out of the admin and back in: by way of a dry run, and without loss."""

import csv
import io
import json

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.models import Benchmark
from catalog.exchange.cells import escaped, unescaped
from catalog.exchange.tables import tables
from catalog.exchange.uploads import csv_text
from catalog.models import FactUpload, Hardware
from editorial.models import Recheck
from tests.catalog.data_files import copy_few_rows
from tests.comparisons.factories import make_verdict, publish_document
from tests.editorial.factories import make_fact_editor, make_person, make_writer
from tests.kept_rows import kept_rows

pytestmark = pytest.mark.django_db

TABLES = [apps.get_model(table.model) for table in tables()]


@pytest.fixture(scope="module", autouse=True)
def few_rows(tmp_path_factory, django_db_setup, django_db_blocker):
    """The folder whose rows are in the database while this module runs."""
    directory = copy_few_rows(tmp_path_factory.mktemp("few"))
    with kept_rows(django_db_blocker):
        call_command("load_catalog", directory=directory, verbosity=0)
        yield directory


@pytest.fixture
def publisher(client):
    person = make_fact_editor("pat")
    client.force_login(person)
    return person


def url(model, view, *args):
    options = model._meta
    name = f"admin:{options.app_label}_{options.model_name}_{view}"
    return reverse(name, args=args)


def export(client, model, file_format="csv", query=""):
    return client.get(url(model, "export", file_format) + query).content.decode()


def send(client, model, content, name="facts.csv"):
    """The page of the dry run, or the form that says what is wrong."""
    if isinstance(content, str):
        content = content.encode()
    file = SimpleUploadedFile(name, content)
    return client.post(url(model, "import"), {"file": file}, follow=True)


def confirm(client, response):
    address = response.redirect_chain[-1][0]
    return client.post(address, {"plan": response.context["plan"].digest}, follow=True)


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def as_csv(rows):
    return csv_text([list(rows[0]), *[list(row.values()) for row in rows]])


def changed_card(client, **cells):
    """The export of one card with other cells."""
    rows = rows_of(export(client, Hardware, query="?q=rtx-4090"))
    return as_csv([row | cells for row in rows if row["slug"] == "rtx-4090"])


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"))))
def test_a_cell_comes_back_as_it_was_and_is_never_a_formula(cells):
    text = csv_text([["head", *cells]], is_escaped=True)

    (row,) = csv.reader(io.StringIO(text, newline=""))

    assert [unescaped(cell) for cell in row[1:]] == cells
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


@given(st.text())
def test_escaping_is_undone(cell):
    assert unescaped(escaped(cell)) == cell


@pytest.mark.parametrize("file_format", ["csv", "json"])
@pytest.mark.parametrize("model", TABLES)
def test_an_export_that_is_sent_back_changes_nothing(
    client, publisher, model, file_format
):
    text = export(client, model, file_format)

    plan = send(client, model, text, f"facts.{file_format}").context["plan"]

    assert (plan.changes, plan.refusals) == ([], [])
    assert plan.unchanged == model.objects.count() > 0


def test_an_export_holds_exactly_what_the_filter_shows(client, publisher):
    query = "?has_unified_memory__exact=1"
    listed = client.get(url(Hardware, "changelist") + query).context["cl"].queryset

    rows = rows_of(export(client, Hardware, query=query))

    assert {row["slug"] for row in rows} == {row.slug for row in listed}
    assert 0 < len(rows) < Hardware.objects.count()
    as_json = json.loads(export(client, Hardware, "json", query))
    assert [row["slug"] for row in as_json] == [row["slug"] for row in rows]


def test_the_dry_run_tells_old_and_new_and_writes_nothing(client, publisher):
    card = Hardware.objects.get(slug="rtx-4090")

    page = send(client, Hardware, changed_card(client, tdp_watts="461"))

    (change,) = page.context["plan"].changes
    assert [(field.name, field.old, field.new) for field in change.fields] == [
        ("board power (W)", card.board_power_w, 461)
    ]
    assert "Nothing has been written yet" in page.content.decode()
    card.refresh_from_db()
    assert card.board_power_w != 461


def test_what_is_confirmed_is_written_with_history_and_asks_for_a_re_check(
    client, publisher
):
    card = Hardware.objects.get(slug="rtx-4090")
    publish_document(make_verdict(hardware=card))

    confirm(client, send(client, Hardware, changed_card(client, tdp_watts="461")))

    card.refresh_from_db()
    assert card.board_power_w == 461
    newest = card.history.first()
    assert newest.history_change_reason == "Import by pat"
    assert newest.history_user == publisher
    assert Recheck.objects.open().count() == 1
    assert FactUpload.objects.get().imported_at is not None


def test_the_next_load_of_the_files_does_not_take_an_import_back(
    client, few_rows, publisher, capsys
):
    confirm(client, send(client, Hardware, changed_card(client, tdp_watts="461")))

    call_command("load_catalog", directory=few_rows, verbosity=0)

    assert Hardware.objects.get(slug="rtx-4090").board_power_w == 461
    assert "left as it is" in capsys.readouterr().out


def test_a_new_row_comes_with_its_vendor(client, publisher):
    text = changed_card(client, slug="new-card", name="New card", vendor="New maker")

    page = send(client, Hardware, text)
    assert [change.is_new for change in page.context["plan"].changes] == [True, True]
    confirm(client, page)

    assert Hardware.objects.get(slug="new-card").vendor.name == "New maker"
    assert Hardware.objects.filter(slug="rtx-4090").exists()


def test_what_no_column_tells_stays_as_it_is(client, publisher):
    row = Benchmark.objects.first()
    Benchmark.objects.filter(pk=row.pk).update(state="withdrawn")
    rows = rows_of(export(client, Benchmark))
    for cells in rows:
        cells["backend"] = "Other"

    confirm(client, send(client, Benchmark, as_csv(rows)))

    row.refresh_from_db()
    assert (row.state, row.backend) == ("withdrawn", "Other")


def test_cells_that_cannot_be_used_are_named_by_line_and_nothing_is_written(
    client, publisher
):
    good = changed_card(client, tdp_watts="461")
    bad = changed_card(client, slug="bad", tdp_watts="many").splitlines()[1]

    page = send(client, Hardware, f"{good}{bad}\n")

    (refusal,) = page.context["refusals"]
    assert (refusal.row, refusal.column) == (3, "tdp_watts")
    sentence = "Row 3, column <code>tdp_watts</code> “many” is not a number."
    assert sentence in page.content.decode()
    confirm(client, page)
    assert not Hardware.objects.filter(board_power_w=461).exists()


def test_facts_that_changed_since_the_dry_run_are_looked_at_again(client, publisher):
    page = send(client, Hardware, changed_card(client, tdp_watts="461"))
    Hardware.objects.filter(slug="rtx-4090").update(board_power_w=460)

    again = confirm(client, page)

    assert "have changed since the dry run" in again.content.decode()
    assert Hardware.objects.get(slug="rtx-4090").board_power_w == 460
    confirm(client, page)
    address = page.redirect_chain[-1][0]
    client.post(address, {"plan": again.context["plan"].digest})
    assert Hardware.objects.get(slug="rtx-4090").board_power_w == 461


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"slug,name\nx,y\n", "These columns are missing"),
        ("slug;näme\n".encode("latin-1"), "Line 1 is not UTF-8"),
        (b"a\x00b", "NUL"),
        (b"[1, 2]", "not a list of rows"),
        (b'{"rows": [{"a": [1]}]}', "holds a list"),
        (b"{", "The JSON cannot be read"),
        (b'"open', "The CSV cannot be read"),
    ],
)
def test_a_file_that_is_no_table_gets_a_sentence(client, publisher, content, sentence):
    page = send(client, Hardware, content)

    assert sentence in " ".join(map(str, page.context["form"].errors["file"]))
    assert not FactUpload.objects.exists()


def test_columns_and_rows_that_do_not_belong_are_named(client, publisher):
    text = changed_card(client)
    head, row = text.splitlines()

    more = send(client, Hardware, f"{head},colour\n{row},red\n")
    assert "not known: colour" in str(more.context["form"].errors)
    twice = send(client, Hardware, f"{head},slug\n{row},x\n")
    assert "twice: slug" in str(twice.context["form"].errors)
    uneven = send(client, Hardware, f"{head}\n{row},x\n")
    assert "Row 2 has" in str(uneven.context["form"].errors)


def test_a_mark_of_the_byte_order_is_no_part_of_the_first_column(client, publisher):
    text = changed_card(client, tdp_watts="461")

    page = send(client, Hardware, b"\xef\xbb\xbf" + text.encode())

    assert len(page.context["plan"].changes) == 1


def test_a_file_that_is_too_large_is_refused(client, publisher):
    page = send(client, Hardware, b"x" * 5_000_001)

    assert "larger than 5 MB" in str(page.context["form"].errors)


def test_a_writer_exports_and_imports_nothing(client):
    client.force_login(make_writer())
    assert client.get(url(Hardware, "export", "csv")).status_code == 200
    assert client.get(url(Hardware, "import")).status_code == 403
    assert ">Import<" not in client.get(url(Hardware, "changelist")).content.decode()
    client.force_login(make_person())
    assert client.get(url(Hardware, "export", "csv")).status_code == 403


def test_an_upload_is_its_senders_and_imported_once(client, publisher):
    page = send(client, Hardware, changed_card(client, tdp_watts="461"))
    address = page.redirect_chain[-1][0]
    client.force_login(make_fact_editor("other"))
    assert client.get(address).status_code == 404

    client.force_login(publisher)
    confirm(client, page)
    assert client.get(address).status_code == 404
