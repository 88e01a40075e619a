"""The shipped constants and the shipped report belong to the shipped rows."""

import datetime
import io
import json

import pytest
from django.core.management import CommandError, call_command

from benchmarks.models import Benchmark
from calculators.accuracy import FILE, accuracy_of, as_lines, shipped_accuracy
from calculators.management.commands.fit_speed import TARGET
from calculators.measured_rows import measurements
from estimator.backtesting import outcomes
from estimator.measurements import Kind, kind_of
from estimator.scoring import from_json

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def rows(whole_data_set, django_db_blocker):
    with django_db_blocker.unblock():
        return measurements(Benchmark.objects.for_speed())


@pytest.fixture
def fitted(whole_data_set, tmp_path):
    out, path = io.StringIO(), tmp_path / "constants.json"
    call_command("fit_speed", to=path, date=datetime.date(2026, 11, 26), stdout=out)
    return json.loads(path.read_text("utf-8")), out.getvalue()


@pytest.mark.django_db
def test_the_shipped_constants_are_those_of_the_shipped_rows(fitted):
    constants, said = fitted
    shipped = json.loads(TARGET.read_text("utf-8"))
    constants["fitted_on"] = shipped["fitted_on"]

    assert constants == shipped, "Run fit_speed, then backtest --write."
    assert "Leaving one device out: median error" in said


def test_the_shipped_report_is_that_of_the_shipped_rows(rows):
    fresh = outcomes(rows)
    _, shipped = from_json(FILE.read_text("utf-8"))

    assert [o.slug for o in fresh] == [o.slug for o in shipped]
    for new, old in zip(fresh, shipped, strict=True):
        assert new.expected == pytest.approx(old.expected, rel=1e-4)
        assert new.width == pytest.approx(old.width, rel=1e-4)


def test_decode_reaches_its_targets():
    accuracy = shipped_accuracy()

    assert accuracy.main.rows > 200
    assert [words for words, is_met in accuracy.targets if not is_met] == []


def test_two_other_calculators_are_further_off():
    accuracy = shipped_accuracy()

    for peer in accuracy.peers:
        assert peer.median_error > 2 * accuracy.main.median_error


def test_usable_rows_follow_the_rule_and_no_list(rows):
    usable = [row for row in rows if kind_of(row) is Kind.USABLE]

    assert {row.engine for row in usable} == {"llama-cpp"}
    assert not any(row.is_doubtful or row.has_odd_host for row in usable)
    assert {row.count for row in usable} == {1}


def test_the_report_names_kinds_peers_and_worst_rows():
    text = "\n".join(as_lines(shipped_accuracy()))

    for words in ("mixture of experts", "canirun.ai", "Furthest off", "mlx", "V8"):
        assert words in text


@pytest.mark.django_db
def test_commands_without_rows_say_what_to_do():
    Benchmark.objects.all().delete()

    for command in ("fit_speed", "backtest"):
        with pytest.raises(CommandError, match="load_catalog"):
            call_command(command, stdout=io.StringIO())


def test_the_report_can_be_made_of_any_outcomes():
    accuracy = shipped_accuracy()

    assert accuracy_of(accuracy.usable[:9], "2026-01-01").main.rows == 9
