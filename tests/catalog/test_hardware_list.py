"""The list of hardware: what narrows it, what it counts, what it says of bad input."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.models import GIB
from tests.catalog.factories import make_hardware, make_price, make_vendor

pytestmark = pytest.mark.django_db

PATH = "/hardware/"


def names(client, **parameters):
    return [line.name for line in page(client, **parameters).lines]


def page(client, **parameters):
    return client.get(PATH, parameters).context["listing_page"]


def group(listing_page, name):
    return next(each for each in listing_page.groups if each.name == name)


def counts(listing_page, name):
    return {line.label: line.count for line in group(listing_page, name).options}


def test_a_range_keeps_what_is_exactly_at_its_ends(client):
    for size in (16, 24, 48, 80):
        make_hardware(f"{size} GB", memory_bytes=size * GIB)

    found = names(client, memory_min=24, memory_max=48, sort="memory")

    assert found == ["24 GB", "48 GB"]


def test_options_of_one_filter_widen_and_filters_together_narrow(client):
    make_hardware("Card", kind="gpu", memory_bytes=24 * GIB)
    make_hardware("Chip", kind="apple_soc", memory_bytes=24 * GIB)
    make_hardware("Part", kind="apu", memory_bytes=24 * GIB)
    make_hardware("Small card", kind="gpu", memory_bytes=8 * GIB)

    found = names(client, kind=["gpu", "apple_soc"], size="24", sort="name")

    assert found == ["Card", "Chip"]


def test_an_option_counts_the_rows_that_the_other_filters_leave(client):
    make_hardware("Card", kind="gpu", segment="consumer")
    make_hardware("Big card", kind="gpu", segment="datacenter")
    make_hardware("Chip", kind="apple_soc", segment="consumer")

    listed = page(client, kind="gpu", segment="consumer")

    assert listed.total == "1"
    assert counts(listed, "kind") == {"GPU": "1", "Apple chip": "1"}
    assert counts(listed, "segment") == {"Consumer": "1", "Data centre": "1"}


def test_a_ticked_option_stays_although_nothing_meets_it(client):
    maker = make_vendor("Maker")
    make_hardware("Card", vendor=maker, kind="gpu")
    make_hardware("Chip", kind="apple_soc")

    listed = page(client, vendor="maker", kind="apple_soc")

    assert listed.lines == []
    assert counts(listed, "vendor")["Maker"] == "0"


@pytest.mark.parametrize("text", ["24 GB", "24gb card", "maker 24 gib"])
def test_a_size_in_the_box_means_memory(client, text):
    maker = make_vendor("Maker")
    make_hardware("Card", vendor=maker, memory_bytes=24 * GIB)
    make_hardware("Card 24", vendor=maker, memory_bytes=16 * GIB)

    assert names(client, q=text) == ["Card"]


def test_the_cheapest_comes_first_and_what_has_no_price_last(client):
    dear, cheap = make_hardware("Dear"), make_hardware("Cheap")
    make_hardware("Unpriced")
    make_price(dear, amount=Decimal(2000))
    make_price(cheap, amount=Decimal(900))
    make_price(cheap, amount=Decimal("0.5"), kind="cloud_hour", condition="")

    assert names(client, sort="price") == ["Cheap", "Dear", "Unpriced"]
    assert names(client, sort="-price") == ["Dear", "Cheap", "Unpriced"]


def test_a_price_is_a_range_with_its_dates_and_says_when_it_is_old(client):
    chip = make_hardware("Card")
    day = datetime.date
    make_price(chip, amount=Decimal(1599), kind="msrp", observed_on=day(2022, 10, 12))
    make_price(chip, amount=Decimal(2100), observed_on=day(2023, 3, 1))
    make_price(chip, amount=Decimal(700), kind="street_used", condition="used")

    cells = {c.name: cell for c, cell in page(client).lines[0].cells}

    assert cells["price_new"].text == "1\u202f599–2\u202f100"
    assert list(cells["price_new"].notes) == ["12 Oct 2022 – 1 Mar 2023"]
    assert ("caution", "old") in cells["price_new"].tags
    assert cells["price_used"].text == "700"


@pytest.mark.parametrize(
    ("parameters", "parameter", "reason"),
    [
        ({"memory_min": "lots"}, "memory_min", "is not a number"),
        ({"memory_min": "-1"}, "memory_min", "is below zero"),
        ({"memory_min": "NaN"}, "memory_min", "is not a number"),
        ({"memory_min": "1e300"}, "memory_min", "has too many digits"),
        ({"memory_min": "48", "memory_max": "24"}, "memory_min", "above the upper"),
        ({"released_min": "yesterday"}, "released_min", "is not a date"),
        ({"kind": "toaster"}, "kind", "no option"),
        ({"vendor": "nobody"}, "vendor", "no option"),
        ({"size": "24; DROP"}, "size", "no option"),
        ({"sort": "beauty"}, "sort", "no order"),
        ({"columns": "beauty"}, "columns", "no column"),
        ({"page": "minus one"}, "page", "not the number of a page"),
        ({"colour": "red"}, "colour", "no such filter"),
        ({"q": "a" * 101}, "q", "longer than 100"),
    ],
)
def test_what_cannot_be_read_is_named_and_narrows_nothing(
    client, parameters, parameter, reason
):
    make_hardware("Card")

    response = client.get(PATH, parameters)
    listed = response.context["listing_page"]

    assert listed.total == "1"
    [ignored] = listed.query.ignored
    assert ignored.parameter == parameter
    assert reason in ignored.reason
    assert parameter in response.content.decode()


def test_one_unknown_option_does_not_take_the_known_ones_along(client):
    make_hardware("Card", kind="gpu")
    make_hardware("Chip", kind="apple_soc")

    listed = page(client, kind=["gpu", "toaster"])

    assert [line.name for line in listed.lines] == ["Card"]
    assert [each.value for each in listed.query.ignored] == ["toaster"]


def test_parameters_that_other_sites_add_are_passed_over(client):
    assert page(client, utm_source="mail").query.ignored == []


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.dictionaries(
        st.sampled_from(
            ["q", "kind", "size", "memory_min", "released_max", "sort", "page", "x"]
        ),
        st.text(max_size=30) | st.sampled_from(["\x00", "9" * 40, "1e9", "-0", "²"]),
        max_size=5,
    )
)
def test_no_address_is_an_error(client, parameters):
    assert client.get(PATH, parameters).status_code == 200
    export = client.get(f"{PATH}list.csv", parameters)
    assert b"".join(export.streaming_content).count(b"\n") <= 1


def test_a_page_beyond_the_last_shows_the_last(client):
    for _ in range(51):
        make_hardware()

    listed = page(client, page=7)

    assert (listed.page, listed.page_count, len(listed.lines)) == (2, 2, 1)
    assert "next" not in listed.addresses
    assert listed.addresses["previous"] == "/hardware/"


def test_chosen_columns_come_in_the_order_of_the_list_after_the_name(client):
    make_hardware("Card")

    listed = page(client, columns=["power", "memory"])

    assert [h.column.name for h in listed.headings] == ["name", "memory", "power"]


def test_taking_one_part_back_keeps_the_others(client):
    make_hardware("Card", kind="gpu", segment="consumer")

    listed = page(client, kind="gpu", segment="consumer", sort="price", page=3)

    assert ("Kind: GPU", "/hardware/?segment=consumer&sort=price") in listed.active


def test_the_drawing_holds_every_row_of_the_filter(client):
    for number in range(60):
        make_hardware(kind="gpu" if number else "apu")

    drawing = client.get(PATH, {"kind": "gpu"}).context["scatter"]

    assert len(drawing.points) == 59
    assert [words for _, _, words in drawing.legend] == ["GPU"]


def test_nothing_found_says_so_and_offers_what_to_take_back(client):
    make_hardware("Card", kind="gpu")

    text = client.get(PATH, {"kind": "gpu", "memory_min": 999}).content.decode()

    assert "Nothing in the catalogue meets all of this" in text
    assert 'href="/hardware/?kind=gpu"' in text


def test_the_number_of_statements_does_not_grow(client, django_assert_num_queries):
    for _ in range(12):
        make_price(make_hardware(kind="gpu"))
    address = f"{PATH}?kind=gpu&segment=consumer&memory_min=8&q=card&sort=price"

    # counts, makers of the options, rows, their prices, the drawing
    with django_assert_num_queries(5):
        client.get(address)
