"""Bad files of facts: everything wrong is named at once, and nothing is written."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from catalog.models import Engine
from editorial.models import Source
from tests.catalog.data_files import (
    copy_few_rows,
    drop_column,
    repeat_first_row,
    set_cells,
    set_entry,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def directory(tmp_path):
    return copy_few_rows(tmp_path)


def refused(directory):
    """Run the command on bad files; answer the lines that name what is wrong."""
    err = StringIO()
    with pytest.raises(CommandError, match="nothing was written"):
        call_command("load_catalog", directory=directory, stderr=err)
    return err.getvalue().splitlines()


def test_all_bad_cells_are_named_at_once_with_file_line_column_and_reason(directory):
    set_cells(directory / "hardware.csv", "rtx-4090", tdp_watts="hot", kind="toaster")
    set_cells(directory / "models.csv", "llama-3.1-8b-instruct", release_date="May")
    set_cells(directory / "benchmarks.csv", "bm-0038", decode_tok_s="-3")
    set_entry(directory, "failure_modes", "vllm", source_url="somewhere")

    lines = refused(directory)

    assert len(lines) == 5
    for start, reason in (
        ("hardware.csv, line 3, tdp_watts:", "“hot” is not a number"),
        ("hardware.csv, line 3, kind:", "“toaster” is not one of gpu,"),
        ("models.csv, line 2, release_date:", "“May” is not a year, a month or a day"),
        ("benchmarks.csv, line 4, decode_tok_s:", "-3 is not above 0"),
        ("failure_modes.yaml, line 2, source_url:", "“somewhere” is not an address"),
    ):
        assert [line for line in lines if line.startswith(f"{start} {reason}")]


def test_one_bad_cell_in_the_last_file_keeps_every_row_out(directory):
    set_cells(directory / "benchmarks.csv", "bm-0693", source_kind="hearsay")

    refused(directory)

    assert not Engine.objects.exists()
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    "name", ["hardware.csv", "models.csv", "benchmarks.csv", "engines.yaml"]
)
def test_a_missing_file_is_an_error(directory, name):
    (directory / name).unlink()

    assert f"{name}, line 0, file: is missing" in refused(directory)


@pytest.mark.parametrize(
    ("name", "column"), [("hardware.csv", "notes"), ("benchmarks.csv", "ttft_ms")]
)
def test_a_missing_column_is_an_error(directory, name, column):
    drop_column(directory / name, column)

    assert f"{name}, line 1, {column}: column is missing" in refused(directory)


@pytest.mark.parametrize(
    "name", ["hardware.csv", "hardware_prices.csv", "model_files.csv", "api_prices.csv"]
)
def test_a_row_that_stands_in_its_file_twice_is_an_error(directory, name):
    repeat_first_row(directory / name)

    (line,) = refused(directory)

    assert line.startswith(name)
    assert "stands in the file twice" in line


def test_a_price_of_an_unknown_chip_is_an_error(directory):
    set_cells(directory / "hardware_prices.csv", "l40s", slug="l40x")

    (line,) = refused(directory)

    assert line.endswith("slug: “l40x” is not in hardware.csv")


@pytest.mark.parametrize(
    ("name", "key", "cells", "reason"),
    [
        ("hardware.csv", "l40s", {"memory_gb": ""}, "is empty"),
        ("hardware.csv", "l40s", {"memory_bandwidth_gbs": ""}, "is empty"),
        ("hardware_prices.csv", "l40s", {"price_usd": ""}, "is empty"),
        ("hardware_prices.csv", "l40s", {"price_usd": "NaN"}, "“NaN” is not a number"),
        (
            "model_files.csv",
            "llama-3.2-1b-instruct",
            {"file_size_bytes_or_gb": ""},
            "is empty",
        ),
        ("api_prices.csv", "Cerebras", {"output_usd_per_mtok": "-1"}, "-1 is below 0"),
        ("benchmarks.csv", "bm-0038", {"hardware_count": "-1"}, "-1 is not above -1"),
        (
            "benchmarks.csv",
            "bm-0038",
            {"quant": "Q" * 41},
            "is longer than 40 characters",
        ),
    ],
)
def test_what_the_database_would_refuse_is_named_first(
    directory, name, key, cells, reason
):
    set_cells(directory / name, key, **cells)

    (line,) = refused(directory)

    assert line.endswith(f"{next(iter(cells))}: {reason}")
