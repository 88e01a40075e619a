"""Files of facts into rows: all or nothing, again and again, beside editors."""

import datetime
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from benchmarks.models import Benchmark
from catalog.models import GIB, AIModel, Alias, Engine, Hardware, ModelFile, SupportCell
from editorial.models import Citation, Recheck
from tests.catalog.data_files import (
    copy_few_rows,
    set_cells,
    set_entry,
)
from tests.comparisons.factories import make_verdict, publish_document

pytestmark = pytest.mark.django_db

NOTHING_DONE = "0 created, 0 updated"


@pytest.fixture
def directory(tmp_path):
    return copy_few_rows(tmp_path)


@pytest.fixture
def loaded(directory):
    load(directory)
    return directory


@pytest.fixture
def card(loaded):
    return Hardware.objects.get(slug="rtx-4090")


def load(directory, **options):
    """Run the command; answer what it said."""
    out = StringIO()
    call_command("load_catalog", directory=directory, stdout=out, **options)
    return out.getvalue()


def test_a_second_load_changes_nothing(loaded):
    histories = Hardware.history.count()

    said = load(loaded)

    assert said.count(NOTHING_DONE) == 2
    assert said.count("0 conflicts") == 2
    assert Hardware.history.count() == histories


def test_a_dry_run_says_what_it_would_do_and_writes_nothing(directory):
    said = load(directory, dry_run=True)

    assert "catalog: 0 created" not in said
    assert "Dry run: nothing was written." in said
    assert not Hardware.objects.exists()


def test_a_changed_value_updates_the_row_and_writes_history(card, loaded):
    set_cells(loaded / "hardware.csv", "rtx-4090", tdp_watts="475")

    said = load(loaded)

    assert "catalog: 0 created, 1 updated" in said
    newest, first = card.history.all()
    assert (first.board_power_w, newest.board_power_w) == (450, 475)
    assert newest.history_change_reason == "Import"


def test_a_changed_fact_asks_its_published_documents_to_be_read_again(card, loaded):
    verdict = make_verdict(hardware=card)
    publish_document(verdict)
    set_cells(loaded / "hardware.csv", "rtx-4090", tdp_watts="475")

    load(loaded)

    recheck = Recheck.objects.get()
    assert (recheck.document_uid, recheck.fact_uid) == (verdict.uid, card.uid)


def test_a_changed_row_of_a_fact_asks_its_documents_too(loaded):
    verdict = make_verdict(engine=Engine.objects.get(slug="llama-cpp"))
    publish_document(verdict)
    release = {"version": "b99999", "date": None, "basis": "release"}
    set_entry(loaded, "engines", "llama-cpp", latest_release_seen=release)

    load(loaded)

    assert Recheck.objects.get().document_uid == verdict.uid


def test_an_editors_change_is_kept_and_reported_when_the_file_changes_too(card, loaded):
    Hardware.objects.filter(pk=card.pk).update(board_power_w=460)
    set_cells(loaded / "hardware.csv", "rtx-4090", tdp_watts="475")

    said = load(loaded)

    card.refresh_from_db()
    assert card.board_power_w == 460
    assert "conflict: hardware.csv, line 3: hardware “NVIDIA GeForce RTX 4090”" in said
    assert "board_power_w: an editor wrote “460”, the file says “475”" in said


def test_a_conflict_does_not_hold_up_the_rows_other_fields(card, loaded):
    Hardware.objects.filter(pk=card.pk).update(board_power_w=460)
    set_cells(loaded / "hardware.csv", "rtx-4090", tdp_watts="475", memory_type="X")

    load(loaded)

    card.refresh_from_db()
    assert (card.board_power_w, card.memory_type) == (460, "X")


def test_an_editors_change_is_reported_until_the_file_says_the_same(card, loaded):
    Hardware.objects.filter(pk=card.pk).update(board_power_w=460)

    said = load(loaded)

    assert said.count(NOTHING_DONE) == 2
    assert "an editor wrote “460”, the file says “450”" in said
    card.refresh_from_db()
    assert card.board_power_w == 460


def test_a_file_that_comes_to_say_what_an_editor_said_is_no_conflict(card, loaded):
    Hardware.objects.filter(pk=card.pk).update(board_power_w=460)
    set_cells(loaded / "hardware.csv", "rtx-4090", tdp_watts="460")

    assert "conflict:" not in load(loaded)
    set_cells(loaded / "hardware.csv", "rtx-4090", tdp_watts="475")
    load(loaded)

    card.refresh_from_db()
    assert card.board_power_w == 475


def test_derived_and_doubtful_marks_survive(loaded):
    ampere = Hardware.objects.get(slug="rtx-3090")
    jetson = Hardware.objects.get(slug="jetson-orin-nx-8gb")
    qwen = AIModel.objects.get(slug="qwen2-5-coder-14b-instruct")

    assert ampere.mark("int8_tops") == "derived"
    assert "doubtful" in jetson.marks.values()
    assert qwen.mark("has_tied_embeddings") == "derived"
    assert Benchmark.objects.get(is_doubtful=True).slug == "bm-0693"


def test_sources_inside_notes_become_citations_and_leave_the_notes(card):
    cited = Citation.objects.filter(subject_uid=card.uid)

    assert {"released_on", "launch_price_usd", "fp16_tensor_tflops"} <= {
        citation.field for citation in cited
    }
    assert cited.get(field="released_on").source.host == "github.com"
    assert "src[" not in card.notes
    assert "dense kept" in card.notes


def test_short_source_keys_of_models_become_citations(loaded):
    model = AIModel.objects.get(slug="llama-3-1-8b-instruct")

    cited = Citation.objects.filter(subject_uid=model.uid)

    assert cited.get(field="license").source.title.startswith("KAITO")
    assert model.notes == ""


def test_a_label_that_names_no_field_stays_on_the_rows_citation(loaded):
    jetson = Hardware.objects.get(slug="jetson-orin-nx-8gb")

    citation = Citation.objects.get(subject_uid=jetson.uid, label="70 TOPS")

    assert citation.field == ""


def test_month_only_dates_keep_their_precision(loaded):
    month = (datetime.date(2023, 8, 1), "month")
    chip = Hardware.objects.get(slug="l40s")
    benchmark = Benchmark.objects.get(slug="bm-0037")

    assert (chip.released_on, chip.released_on_precision) == month
    assert benchmark.measured_on_precision == "month"
    assert Hardware.objects.get(slug="rtx-4090").released_on_precision == "day"


def test_dotted_slugs_become_hyphens_and_stay_as_aliases(loaded):
    model = AIModel.objects.get(slug="llama-3-1-8b-instruct")

    aliases = Alias.objects.filter(target_uid=model.uid)

    assert {alias.alias for alias in aliases} == {
        "llama-3.1-8b-instruct",
        "llama-3-1-8b",
    }


def test_benchmarks_find_their_facts_by_alias_and_keep_the_raw_names(loaded):
    benchmark = Benchmark.objects.get(slug="bm-0038")

    assert benchmark.ai_model.slug == "llama-3-1-8b-instruct"
    assert benchmark.hardware is None
    assert benchmark.hardware_slug == "apple-m5-max-40c"


@pytest.mark.parametrize(
    ("unit", "printed", "size", "is_exact"),
    [
        ("bytes", "773025920", 773_025_920, True),
        ("GiB", "2.30", int(Decimal("2.30") * GIB), False),
        ("MiB", "727.75", 763_101_184, False),
    ],
)
def test_sizes_become_whole_bytes_once(loaded, unit, printed, size, is_exact):
    file = ModelFile.objects.get(
        ai_model__slug="llama-3-2-1b-instruct",
        printed_unit=unit,
        printed_size=Decimal(printed),
    )

    assert file.size_bytes == size
    assert file.is_exact is is_exact


def test_memory_is_binary_and_a_stated_cell_has_its_page(card):
    assert card.memory_bytes == 24 * GIB
    cell = SupportCell.objects.get(engine__slug="vllm", key="paged_attention")
    assert cell.source.host == "github.com"
