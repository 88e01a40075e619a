"""Published files, hosted prices and families, as a model's page lists them."""

import datetime
from decimal import Decimal

import pytest

from catalog.details.families import generations
from catalog.details.files import LONG, file_row, files_by_format
from catalog.models import AIModel, HostedPrice, ModelFamily
from editorial.vocabularies import VOLATILE_DAYS
from tests.catalog.factories import make_ai_model, make_model_file, make_vendor
from tests.catalog.unsaved import file, model
from tests.editorial.factories import make_source


def test_exact_bytes_are_told_from_a_rounded_size():
    exact = file_row(file())
    rounded = file_row(
        file(printed_size=Decimal("4.9"), printed_unit="GiB", size_bytes=5_261_334_937)
    )

    assert exact.exactness == "4\u202f920\u202f734\u202f272 bytes"
    assert rounded.exactness == "rounded: printed as 4.9 GiB"
    assert (exact.size_gb, rounded.size_gb) == ("4.92", "5.26")


def test_unknown_bits_per_weight_are_nothing_and_known_ones_line_up():
    assert file_row(file(bits_per_weight=None)).bits_per_weight == ""
    assert file_row(file(bits_per_weight=Decimal("16.0000"))).bits_per_weight == "16.00"


def test_files_stand_by_format_with_the_smallest_first():
    files = [
        file("Q8_0", size_bytes=9),
        file("Q4_0", size_bytes=5),
        file("4bit", weight_format="mlx", size_bytes=4),
    ]

    found = files_by_format(files)

    assert [(group.name, group.is_sum) for group in found] == [
        ("GGUF", False),
        ("MLX", True),
    ]
    assert [row.quantization for row in found[0].rows] == ["Q4_0", "Q8_0"]
    assert [group.name for group in files_by_format(files, "mlx")] == ["MLX"]


def test_a_long_list_is_folded_up_by_publisher():
    short = files_by_format([file(f"Q{n}") for n in range(LONG)])
    many = [file(f"Q{n}", publisher="big", size_bytes=n + 1) for n in range(LONG)]
    long = files_by_format([*many, file("Q", publisher="small", size_bytes=10**9)])

    assert short[0].publishers == []
    assert [(p.publisher, len(p.rows), p.is_open) for p in long[0].publishers] == [
        ("big", LONG, True),
        ("small", 1, False),
    ]
    assert long[0].publishers[1].span == "1.00 GB"


def test_of_equal_publishers_the_exact_one_is_open():
    rounded = [
        file(f"Q{n}", publisher="a", printed_unit="GB", printed_size=Decimal(4))
        for n in range(LONG)
    ]
    exact = [file(f"Q{n}", publisher="b") for n in range(LONG)]

    publishers = files_by_format(rounded + exact)[0].publishers

    assert [entry.publisher for entry in publishers] == ["b", "a"]


@pytest.mark.django_db
def test_the_format_filter_is_in_the_address_and_ignores_nonsense(client):
    row = make_ai_model()
    make_model_file(row)
    make_model_file(row, weight_format="mlx", quantization="4bit")

    def shown(value):
        page = client.get(row.get_absolute_url(), {"format": value})
        return [group.format for group in page.context["shown_formats"]]

    assert shown("mlx") == ["mlx"]
    for nonsense in ("", "exe", "x" * 500, "\x00"):
        assert shown(nonsense) == ["gguf", "mlx"]


def hosted(row, provider, amount, day):
    return HostedPrice.objects.create(
        ai_model=row,
        provider=provider,
        model_name=f"{provider}/model",
        input_usd_per_million_tokens=Decimal(amount),
        observed_on=day,
        source=make_source(),
    )


@pytest.mark.django_db
def test_hosted_prices_stand_by_input_price_with_their_day_and_an_old_mark(client):
    row = make_ai_model()
    today = datetime.datetime.now(datetime.UTC).date()
    old = today - datetime.timedelta(days=VOLATILE_DAYS + 1)
    hosted(row, "Dear", "0.5", today)
    hosted(row, "Cheap", "0.0375", old)

    rows = client.get(row.get_absolute_url()).context["hosted"]

    assert [(r.provider, r.input, r.output, r.is_old) for r in rows] == [
        ("Cheap", "0.0375", "", True),
        ("Dear", "0.50", "", False),
    ]


def member(pk, name, family, day, **values):
    year = datetime.date(day, 1, 1) if day else None
    values = {"released_on_precision": "year"} | values
    return model(name, pk=pk, family=family, released_on=year, **values)


def test_a_line_is_ordered_by_first_release_and_its_members_by_size():
    old, new = ModelFamily(pk=1, name="Line 1"), ModelFamily(pk=2, name="Line 2")
    here = member(1, "Small", new, 2026, total_parameters=1)
    line = [
        member(2, "Large", new, 2025, total_parameters=2),
        here,
        member(3, "First", old, 2023),
        member(4, "Undated", old, None),
    ]

    found = generations(here, line)

    assert [(g.name, g.since, g.is_here) for g in found] == [
        ("Line 1", "2023", False),
        ("Line 2", "2025", True),
    ]
    assert [(m.name, m.is_here) for m in found[1].members] == [
        ("Small", True),
        ("Large", False),
    ]


@pytest.mark.django_db
def test_a_line_is_of_one_maker_and_one_stem():
    maker = make_vendor("Maker")
    families = [
        ModelFamily.objects.create(slug=slug, name=slug)
        for slug in ("qwen2-5", "qwen3", "other1")
    ]
    rows = [make_ai_model(vendor=maker, family=family) for family in families]
    make_ai_model("Namesake", family=families[0])

    line = AIModel.objects.in_line_with(rows[0], "qwen")

    assert set(line) == set(rows[:2])
