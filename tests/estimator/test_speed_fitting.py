"""The fit to measurements, and the test of it that leaves devices out."""

import math
from dataclasses import replace

import pytest

from estimator import scoring
from estimator.backtesting import outcomes
from estimator.calibration import calibrate
from estimator.fitting import fit_decode, leave_one_device_out, own_factor, usable
from estimator.hardware_classes import HardwareClass, class_of
from estimator.measurements import Kind, kind_of
from estimator.speed_constants import as_json, from_json
from estimator.spreads import MOST_WIDTH, spread_of, unseen_widths
from tests.estimator.factories import make_card, make_expert_model, make_model
from tests.estimator.speeds import make_fast_card, make_row

RATES = (300, 450, 700, 1000, 1800)
SMALL = {"total_parameters": 1_236_000_000, "layers": 16, "hidden_size": 2048}


def rows_of_true_cards(efficiency=0.8, layer_ms=0.05):
    """Rows of cards that all read at one share of their bandwidth."""
    rows = []
    for rate in RATES:
        card = make_fast_card(slug=f"card-{rate}", bandwidth_gb_s=float(rate))
        for model in (make_model(), make_model("Small", **SMALL)):
            for quantization in ("Q8_0", "F16"):
                row = make_row(card=card, model=model, quantization=quantization)
                read = row.work.read_bytes / (rate * 1e9 * efficiency)
                seconds = read + row.work.layers * layer_ms / 1000
                slug = f"bm-{len(rows)}"
                rows.append(replace(row, slug=slug, decode=1 / seconds))
    return rows


def test_the_fit_finds_what_true_cards_have_in_common():
    found = leave_one_device_out(usable(rows_of_true_cards()))

    assert len(found) == 20
    assert max(residual.share for residual in found) < 0.06


def test_one_machine_measured_often_does_not_speak_for_its_class():
    rows = rows_of_true_cards()
    slow = make_fast_card(slug="slow", bandwidth_gb_s=800.0)
    rows += [make_row(slug=f"slow-{n}", card=slow, decode=30.0) for n in range(20)]

    fitted = fit_decode(usable(rows))

    honest = [row for row in rows if row.card.slug != "slow"]
    errors = [abs(fitted.seconds(row) * row.decode - 1) for row in honest]
    assert sorted(errors)[len(errors) // 2] < 0.15


def test_equal_rows_give_equal_files_whatever_their_order():
    rows = rows_of_true_cards()

    files = {
        as_json(calibrate(order, fitted_on="2026-11-26"))
        for order in (rows, rows[::-1])
    }

    assert len(files) == 1


def test_the_file_reads_back_as_it_was_written():
    text = as_json(calibrate(rows_of_true_cards(), fitted_on="2026-11-26"))

    assert as_json(from_json(text)) == text
    with pytest.raises(ValueError, match="fit_speed"):
        from_json(text.replace('"schema": 1', '"schema": 0'))


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({}, Kind.USABLE),
        ({"is_doubtful": True}, Kind.DOUBTFUL),
        ({"has_odd_host": True}, Kind.ODD_HOST),
        ({"backend": "cpu"}, Kind.CPU),
        ({"weights": None}, Kind.NO_SIZE),
        ({"concurrency": 4}, Kind.BATCH),
        ({"engine": "mlx"}, Kind.OTHER_ENGINE),
        ({"count": 2}, Kind.SEVERAL),
        ({"card": make_card(4)}, Kind.OFFLOAD),
        ({"model": make_expert_model()}, Kind.EXPERTS),
        ({"depth_tokens": 4096}, Kind.FILLED),
        ({"output_tokens": 8192}, Kind.FILLED),
    ],
)
def test_every_row_has_one_kind(values, kind):
    assert kind_of(make_row(**values)) is kind


@pytest.mark.parametrize(
    ("version", "year", "is_older"),
    [
        ("b2824", None, True),
        ("build 4426e298 (2824)", None, True),
        ("b9175", None, False),
        ("", 2024, True),
        ("", 2026, False),
        ("", None, False),
    ],
)
def test_builds_before_2025_are_known_by_number_or_year(version, year, is_older):
    row = make_row(engine_version=version, measured_year=year)

    assert row.is_of_older_build is is_older


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"compute_capability": "8.9", "memory_type": "GDDR6X"}, "nvidia-gddr"),
        ({"compute_capability": "9.0", "memory_type": "HBM3"}, "nvidia-hbm"),
        ({"compute_capability": "6.1"}, "nvidia-pascal"),
        ({"compute_capability": "6.0", "memory_type": "HBM2"}, "nvidia-before-dp4a"),
        ({"has_unified_memory": True}, "nvidia-unified"),
        ({"vendor": "AMD"}, "amd-radeon"),
        ({"vendor": "AMD", "has_unified_memory": True}, "amd-unified"),
        ({"vendor": "Apple", "bandwidth_gb_s": 273.0}, "apple-narrow"),
        ({"vendor": "Apple", "bandwidth_gb_s": 400.0}, "apple-wide"),
        ({"vendor": "Intel"}, "intel"),
        ({"vendor": "Somebody"}, "other"),
        ({"kind": "cpu"}, "cpu"),
    ],
)
def test_memory_maker_and_generation_make_the_class(values, name):
    assert class_of(make_card(24, **values)) is HardwareClass(name)


def test_a_device_moves_its_factor_only_as_far_as_its_rows_carry():
    one, many = own_factor([0.2]), own_factor([0.2] * 20)

    assert math.exp(-0.2) < many < one < 1.0
    assert own_factor([]) == 1.0


def test_a_class_of_one_device_takes_the_width_of_all():
    everything = [(f"d{n}", 0.05 * n) for n in range(10)]

    alone = spread_of([("d0", 0.01)], everything)

    assert alone.width >= 0.4
    assert spread_of([("a", 9.0)], ()).width == MOST_WIDTH


def test_the_width_of_an_unseen_device_does_not_know_its_errors():
    errors = [("c", f"d{n}", 0.1) for n in range(4)] + [("c", "odd", 0.8)]

    widths = unseen_widths(errors)

    assert widths["odd"] == pytest.approx(0.1)
    assert widths["d0"] == pytest.approx(0.8)


def test_outcomes_are_scored_and_the_worst_come_first():
    rows = rows_of_true_cards()
    rows.append(make_row(slug="odd", card=make_fast_card(slug="odd"), decode=20.0))

    found = outcomes(rows)

    usable_rows = scoring.of_kind(found, Kind.USABLE)
    score = scoring.score("all", usable_rows)
    assert (score.rows, score.median_error < 0.1) == (21, True)
    assert scoring.worst(found)[0].slug == "odd"
    assert not scoring.worst(found)[0].is_inside
    peer = scoring.peer_scores(usable_rows)[0]
    assert peer.rows == 21 and peer.inside is None
    text = scoring.as_json(found, tested_on="2026-11-26")
    assert scoring.from_json(text)[0] == "2026-11-26"
    assert len(scoring.from_json(text)[1]) == len(found)
