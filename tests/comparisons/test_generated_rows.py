"""What differs between facts, which of them leads, and when that cannot be said."""

import datetime
from decimal import Decimal

import pytest

from catalog.cards import FactRow
from catalog.models import AIModel, Engine, Hardware, HostedPrice
from comparisons.generated.engines import engine_lines
from comparisons.generated.hardware import counts_fp16_accumulate, hardware_lines
from comparisons.generated.models import model_lines
from comparisons.generated.proofs import Proofs
from comparisons.generated.table import (
    Figure,
    Known,
    Line,
    fact_table,
    lead_in_words,
    leading_figure,
    ratio,
    sides_named,
)
from editorial.models import Citation
from editorial.vocabularies import Direction
from tests.catalog.factories import (
    make_ai_model,
    make_engine,
    make_hardware,
    make_model_file,
    make_price,
    make_release,
    make_support_cell,
)
from tests.editorial.factories import make_source

SIDES = sides_named([("a", "A"), ("b", "B"), ("c", "C"), ("d", "D")])


def figure(amount, *, mark="", basis=""):
    display = "" if amount is None else str(amount)
    known = None if amount is None else Decimal(amount)
    return Figure(FactRow("", display, mark=mark), known, basis)


def line(*figures, direction=Direction.HIGHER):
    return Line("A fact", figures, direction=direction)


def row_of(made):
    return fact_table(SIDES[: len(made.figures)], [made]).rows[0]


@pytest.mark.parametrize(
    ("amounts", "known"),
    [
        ((24, 24), Known.EQUAL),
        ((24, 16), Known.DIFFERENT),
        ((24, None), Known.PARTLY),
        ((24, 24, None), Known.PARTLY),
        ((24, 16, None), Known.DIFFERENT),
        ((None, None), Known.NOWHERE),
    ],
)
def test_a_row_says_how_far_it_can_be_compared(amounts, known):
    assert row_of(line(*map(figure, amounts))).known == known


@pytest.mark.parametrize(
    ("made", "leader"),
    [
        (line(figure(1), figure(2)), 1),
        (line(figure(1), figure(2), direction=Direction.LOWER), 0),
        (line(figure(1), figure(2), direction=None), None),
        (line(figure(2), figure(2)), None),
        (line(figure(3), figure(2), figure(3)), None),
        (line(figure(3), figure(None)), None),
        (line(figure(3), figure(None), figure(2)), 0),
        (line(figure(1), figure(2, mark="doubtful")), None),
        (line(figure(1), figure(2, mark="derived")), 1),
        (line(figure(1), figure(2, basis="FP16")), None),
        (line(figure(1, basis="FP16"), figure(2, basis="FP16")), 1),
    ],
)
def test_a_side_leads_only_where_that_can_be_said(made, leader):
    assert leading_figure(made) == leader
    assert [cell.is_edge for cell in row_of(made).cells].count(True) == (
        leader is not None
    )


def test_the_lead_is_said_as_a_factor():
    assert lead_in_words(line(figure(504), figure(1008))) == "Highest: 2 × the other"
    assert (
        lead_in_words(line(figure(300), figure(450), direction=Direction.LOWER))
        == "Lowest: the other is 1.5 ×"
    )
    assert (
        lead_in_words(line(figure(1), figure(2), figure(3), figure(None)))
        == "Highest known: 1.5 × the next"
    )


@pytest.mark.parametrize(
    ("number", "shown"), [("1.00004", "1"), ("1.004", "1.004"), ("9.96", "10")]
)
def test_a_factor_is_never_rounded_to_nothing(number, shown):
    assert ratio(Decimal(number)) == shown


@pytest.mark.parametrize(
    ("notes", "field", "expected"),
    [
        ("fp16 tensor figure is FP16-accumulate", "fp16_tensor_tflops", True),
        ("fp16 tensor figure is FP16-accumulate", "fp8_tflops", False),
        (
            "fp8 figure is FP16-accumulate (FP32-accumulate is half)",
            "fp16_tensor_tflops",
            False,
        ),
        ("tensor figures are for a laptop, FP16-accumulate", "int8_tops", True),
        ("no tensor cores", "fp16_tensor_tflops", False),
    ],
)
def test_notes_tell_how_a_rate_was_counted(notes, field, expected):
    assert counts_fp16_accumulate(notes, field) is expected


def made_lines(build, model, *facts):
    """Label to line, for facts read as the page reads them."""
    rows = list(model.objects.with_uids([fact.uid for fact in facts]).for_comparing())
    rows.sort(key=lambda row: [fact.uid for fact in facts].index(row.uid))
    return {made.label: made for made in build(rows, Proofs.of(rows))}


@pytest.mark.django_db
def test_rates_counted_in_different_ways_have_no_leader():
    game = make_hardware(
        fp16_tensor_tflops=330,
        notes="fp16 tensor figure is FP16-accumulate; fp16_fp32acc_tflops=165",
    )
    server = make_hardware(fp16_tensor_tflops=300)

    made = made_lines(hardware_lines, Hardware, game, server)["FP16 tensor, dense"]

    assert leading_figure(made) is None
    assert "165 TFLOPS with FP32" in made.figures[0].shown.note


@pytest.mark.django_db
def test_bandwidth_per_watt_is_derived_and_needs_both():
    known = make_hardware(memory_bandwidth_gb_s=900, board_power_w=300)
    unknown = make_hardware(board_power_w=None)

    made = made_lines(hardware_lines, Hardware, known, unknown)["Bandwidth per watt"]

    shown = made.figures[0].shown
    assert (shown.display, shown.unit, shown.mark) == ("3", "GB/s per W", "derived")
    assert made.figures[1].shown.display == ""


@pytest.mark.django_db
def test_prices_are_ranges_with_their_days_and_kinds_stay_apart():
    card = make_hardware()
    make_price(card, amount=1600, observed_on=datetime.date(2026, 8, 1))
    make_price(card, amount=1500, observed_on=datetime.date(2026, 11, 1))
    make_price(card, kind="street_used", condition="used", amount=900)

    made = made_lines(hardware_lines, Hardware, card, make_hardware())

    new = made["Price, new"].figures[0].shown
    assert (new.display, new.unit) == ("1\u202f500–1\u202f600", "USD")
    assert new.note == "2 observations, 1 Aug 2026 – 1 Nov 2026"
    assert made["Price, used"].figures[0].shown.display == "900"
    assert made["Price, new"].figures[1].shown.display == ""
    assert made["Price, new"].direction is None


@pytest.mark.django_db
def test_a_field_is_proved_by_its_own_citation_where_there_is_one():
    card = make_hardware(board_power_w=450)
    source = make_source(url="https://example.org/power")
    Citation.objects.create(
        source=source,
        subject_type="hardware",
        subject_uid=card.uid,
        field="board_power_w",
        retrieved_on=datetime.date(2026, 11, 1),
    )

    made = made_lines(hardware_lines, Hardware, card, make_hardware())

    assert made["Board power"].figures[0].shown.source_url == source.url
    assert made["Memory"].figures[0].shown.source_url == card.source.url


@pytest.mark.django_db
def test_a_4_bit_file_says_how_exactly_its_size_is_known():
    exact, rounded = make_ai_model(), make_ai_model()
    make_model_file(exact, publisher="rounder", printed_unit="GB", printed_size="4.9")
    make_model_file(exact)
    make_model_file(rounded, printed_unit="GiB", printed_size="4.58")
    make_model_file(rounded, quantization="Q8_0")

    made = made_lines(model_lines, AIModel, exact, rounded)["Q4_K_M file"]

    first, second = (figure.shown for figure in made.figures)
    assert (first.display, first.unit) == ("4.92", "GB")
    assert first.note == "exact; published by someone"
    assert (second.display, second.unit) == ("4.58", "GiB")
    assert second.note.startswith("rounded by the source")


@pytest.mark.django_db
def test_hosted_prices_are_a_range_over_providers_with_a_day():
    model = make_ai_model()
    for provider, price in (("One", "0.05"), ("Two", "0.20")):
        HostedPrice.objects.create(
            ai_model=model,
            provider=provider,
            model_name="name",
            input_usd_per_million_tokens=price,
            observed_on=datetime.date(2026, 7, 2),
            source=make_source(),
        )

    made = made_lines(model_lines, AIModel, model, make_ai_model())

    shown = made["Hosted, input"].figures[0].shown
    assert (shown.display, shown.note) == ("0.05–0.20", "2 providers, 2 Jul 2026")
    assert made["Hosted, output"].figures[0].shown.display == ""


@pytest.mark.django_db
def test_a_cell_that_an_engine_lacks_is_not_known_and_not_a_no():
    first, second = make_engine(), make_engine()
    make_release(first, version="2.0")
    make_support_cell(first, key="vision", value="no", note="Not yet")
    make_support_cell(second, key="vision", value="unknown", source=None)
    make_support_cell(first, axis="format", key="gguf", source=None)
    make_support_cell(first, axis="operating_system", key="wsl2", source=None)

    made = made_lines(engine_lines, Engine, first, second)

    assert made["Vision"].figures[0].shown.display == "No"
    assert made["Vision"].figures[0].shown.note == "Not yet"
    assert made["Vision"].figures[1].shown.display == ""
    assert made["Reads GGUF"].figures[0].shown.source_url == first.source.url
    assert "On Windows (WSL2)" in made
    assert made["Reads GGUF"].figures[1].shown.display == ""
    assert made["Latest release seen"].figures[0].shown.display == "2.0 · 1 Aug 2026"
