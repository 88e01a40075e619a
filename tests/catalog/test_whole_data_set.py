"""The shipped data set as a whole, loaded once: counts, identity, flags, licences."""

import datetime
import re

import pytest
from django.apps import apps

from benchmarks.files import write_benchmarks
from benchmarks.grading import regrade_all, rows_per_tier
from benchmarks.models import Benchmark
from catalog.exchange.exporting import exported
from catalog.exchange.importing import plan_import
from catalog.exchange.tables import tables
from catalog.exchange.uploads import read_upload
from catalog.models import (
    AIModel,
    Alias,
    Engine,
    FactUpload,
    FailureMode,
    Hardware,
    HostedPrice,
    ModelFile,
    ModelLanguages,
    PriceObservation,
    SupportCell,
)
from editorial.models import Citation, Source
from editorial.registry import loaders
from tests.catalog.data_files import DATA, read_rows
from tests.kept_rows import kept_rows

FLAG = re.compile(r"\b(derived|doubtful|conflict)\b", re.IGNORECASE)
STATED = ["yes", "partial", "no"]


@pytest.fixture(scope="module")
def parsed():
    return {loader.name: loader.parse(DATA) for loader in loaders()}


@pytest.fixture(scope="module", autouse=True)
def reports(parsed, django_db_setup, django_db_blocker):
    """Every row of data/ in the database while this module runs."""
    with kept_rows(django_db_blocker):
        yield {loader.name: loader.load(parsed[loader.name]) for loader in loaders()}


@pytest.fixture(scope="module")
def written_back(reports, tmp_path_factory):
    """What parsing says of the files that the rows were written back to."""
    directory = tmp_path_factory.mktemp("exported")
    for loader in loaders():
        loader.export(directory)
    return {loader.name: loader.parse(directory) for loader in loaders()}


def facts_of(batch):
    """The values of every record, in whatever order the files hold them."""
    return {(record.model, record.uid): record.values for record in batch.records}


@pytest.mark.parametrize("name", ["catalog", "benchmarks"])
def test_the_shipped_files_are_without_a_bad_cell(parsed, reports, name):
    assert parsed[name].errors == []
    assert reports[name].conflicts == []


@pytest.mark.parametrize(
    ("model", "count"),
    [
        (Engine, 38),
        (FailureMode, 150),
        (Hardware, 245),
        (PriceObservation, 542),
        (AIModel, 277),
        (ModelFile, 2371),
        (ModelLanguages, 85),
        (HostedPrice, 713),
        (Benchmark, 1328),
    ],
)
def test_every_row_of_the_files_is_a_row(model, count):
    assert model.objects.count() == count


def test_every_alias_and_every_dotted_slug_is_an_alias():
    dotted = [row for row in read_rows(DATA / "models.csv") if "." in row["slug"]]
    extra = read_rows(DATA / "model_aliases.csv")

    assert len(dotted) == 109
    assert Alias.objects.filter(fact_type="hardware").count() == 85
    assert Alias.objects.filter(fact_type="model").count() == 109 + len(extra)


@pytest.mark.parametrize("name", ["catalog", "benchmarks"])
def test_what_is_written_back_parses_to_the_same_facts(parsed, written_back, name):
    first, second = parsed[name], written_back[name]

    assert second.errors == []
    assert facts_of(second) == facts_of(first)
    assert second.sources == first.sources
    assert set(second.citations) == set(first.citations)


@pytest.mark.parametrize("name", ["catalog", "benchmarks"])
def test_loading_what_was_written_back_changes_nothing(written_back, reports, name):
    (loader,) = [loader for loader in loaders() if loader.name == name]

    report = loader.load(written_back[name])

    assert (report.created, report.updated, report.conflicts) == (0, 0, [])
    assert report.unchanged == reports[name].created + reports[name].unchanged


@pytest.mark.once
@pytest.mark.parametrize("table", tables(), ids=lambda table: table.file)
def test_a_whole_table_that_comes_back_changes_nothing(table):
    rows = apps.get_model(table.model).objects.all()
    sent = exported(rows, table, "csv").content
    upload = FactUpload(text=read_upload(sent, table.file, table))

    plan = plan_import(upload, table, by=None)

    assert (plan.changes, plan.refusals) == ([], [])
    assert plan.unchanged == rows.count() > 0


def test_28_benchmarks_are_doubtful_and_stay_out_of_what_is_trusted():
    assert Benchmark.objects.filter(is_doubtful=True).count() == 28
    assert Benchmark.objects.trustworthy().count() == 1328 - 28


def test_every_chip_whose_notes_hold_a_flag_carries_a_mark():
    rows = read_rows(DATA / "hardware.csv")
    flagged = {row["slug"] for row in rows if FLAG.search(row["notes"])}

    marked = Hardware.objects.exclude(marks={}).values_list("slug", flat=True)

    assert len(flagged) == 110
    assert set(marked) == flagged


def test_every_model_whose_notes_say_derived_carries_a_mark():
    rows = read_rows(DATA / "models.csv")
    flagged = {row["hf_repo"] for row in rows if "derived" in row["notes"]}

    marked = AIModel.objects.exclude(marks={}).values_list("hf_repository", flat=True)

    assert len(marked) == 81
    assert set(marked) == flagged


def test_a_mark_never_stands_on_an_empty_cell():
    for row in [*Hardware.objects.all(), *AIModel.objects.all()]:
        for field in filter(None, row.marks):
            assert getattr(row, field) is not None, (row, field)


def test_nothing_comes_from_the_computable_gpu_index():
    assert not PriceObservation.objects.filter(seller__icontains="computable").exists()
    assert not Source.objects.filter(url__icontains="getcomputable").exists()


def test_unlinked_benchmarks_keep_the_names_their_sources_use():
    unlinked = Benchmark.objects.partly_linked()

    assert unlinked.filter(hardware=None).count() == 192
    assert unlinked.filter(ai_model=None).count() == 58
    assert not unlinked.filter(hardware_name="").exists()
    assert not unlinked.filter(model_name="").exists()
    assert set(unlinked.filter(engine=None).values_list("engine_name", flat=True)) == {
        "transformers"
    }


@pytest.mark.parametrize("slug", ["nvidia-h100", "nvidia-a100-80gb"])
def test_the_form_factor_of_a_card_is_never_guessed(slug):
    rows = Benchmark.objects.filter(hardware_slug=slug)

    assert rows.exists()
    assert not rows.exclude(hardware=None).exists()


def test_every_stated_feature_or_back_end_has_a_source():
    cells = SupportCell.objects.filter(axis__in=["feature", "backend"])

    assert cells.filter(axis="feature", value__in=STATED).count() == 300
    assert not cells.filter(value__in=STATED, source=None).exists()


def test_every_citation_of_a_field_names_a_field_that_exists():
    models = {"engine": Engine, "hardware": Hardware, "model": AIModel}
    pairs = Citation.objects.exclude(field="").values_list("subject_type", "field")

    for subject_type, field in set(pairs):
        assert models[subject_type]._meta.get_field(field)


def test_undated_and_month_only_measurements_stay_so():
    assert Benchmark.objects.filter(measured_on=None).count() == 605
    months = Benchmark.objects.filter(measured_on_precision="month")
    assert months.exists()
    assert set(months.values_list("measured_on__day", flat=True)) == {1}


def test_aggregate_and_single_stream_never_stand_in_one_row():
    rows = Benchmark.objects.exclude(aggregate_kind="")

    assert rows.count() == 463
    assert not rows.exclude(decode_tokens_per_second=None).exists()


def test_every_measurement_is_judged_when_it_is_loaded(django_assert_max_num_queries):
    with django_assert_max_num_queries(3):  # a savepoint, its release, the rows
        assert regrade_all() == 0
    today = datetime.date(2026, 11, 24)
    assert all(count > 0 for count in list(rows_per_tier(today).values())[:3])


def test_no_doubtful_measurement_is_trusted():
    doubtful = Benchmark.objects.filter(is_doubtful=True)

    assert set(doubtful.values_list("confidence_before_age", flat=True)) == {0}


def test_the_files_say_nothing_of_confidence(written_back, tmp_path):
    write_benchmarks(tmp_path)

    assert "confidence" not in (tmp_path / "benchmarks.csv").read_text().split("\n")[0]
