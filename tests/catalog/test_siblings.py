"""The nearest chips, and the difference that matters."""

from decimal import Decimal

import pytest

from catalog.details.siblings import difference, is_namesake, siblings
from catalog.models import GIB, Hardware
from tests.catalog.factories import make_hardware, make_vendor
from tests.catalog.unsaved import chip

HALVED = "fp16_fp32acc_tflops=165 (half rate)"


def names(*args):
    return [sibling.name for sibling in siblings(*args)]


def test_a_difference_names_only_what_differs():
    own = chip(board_power_w=450)
    other = chip(
        memory_bytes=32 * GIB, memory_bandwidth_gb_s=Decimal(746), board_power_w=450
    )

    assert difference(own, other) == "8\u00a0GB more memory, 26\u00a0% less bandwidth"


def test_power_counts_only_where_both_are_known():
    assert difference(chip(board_power_w=450), chip(board_power_w=320)) == (
        "130\u00a0W less power"
    )
    assert "power" not in difference(chip(board_power_w=450), chip())


def test_tensor_rates_are_compared_with_the_same_accumulation():
    own = chip(fp16_tensor_tflops=Decimal(330), notes=HALVED)
    full_rate = chip(fp16_tensor_tflops=Decimal(330))

    assert difference(own, full_rate) == "100\u00a0% more tensor rate"


def test_equal_chips_are_said_to_be_about_equal():
    assert difference(chip(), chip()) == "about the same memory and bandwidth"


def test_laptop_and_desktop_of_one_name_find_each_other():
    desktop, laptop = chip("RTX 4090"), chip("RTX 4090 Laptop GPU", segment="laptop")

    assert is_namesake(desktop, laptop)
    assert is_namesake(laptop, desktop)
    assert not is_namesake(desktop, chip("RTX 4080"))


def test_a_namesake_stands_first_then_the_same_design_then_neighbours():
    far = chip("Same design, far", memory_bytes=48 * GIB)
    near = chip("Same design, near", memory_bytes=20 * GIB)
    neighbour = chip("Neighbour", architecture="Ampere")
    laptop = chip("Card Laptop GPU", memory_bytes=16 * GIB)

    found = siblings(chip(), [neighbour, far, laptop, near])

    assert [(entry.name, entry.relation) for entry in found] == [
        ("Card Laptop GPU", "sold under the same name"),
        ("Same design, near", "same architecture"),
        ("Same design, far", "same architecture"),
        ("Neighbour", "near in memory and bandwidth"),
    ]


def test_a_chip_is_not_its_own_sibling():
    assert names(chip(), [chip()]) == []


def test_only_the_nearest_few_are_shown():
    many = [chip(f"Card {n}", memory_bytes=(24 + n) * GIB) for n in range(1, 9)]

    assert names(chip(), many) == ["Card 1", "Card 2", "Card 3", "Card 4"]


@pytest.mark.django_db
def test_candidates_share_the_design_or_are_near_in_their_segment():
    vendor = make_vendor("NVIDIA")
    own = make_hardware("Own", vendor=vendor, architecture="Ada Lovelace")
    make_hardware("Same design", vendor=vendor, architecture="Ada Lovelace")
    make_hardware("Near")
    make_hardware("Exactly double", memory_bytes=48 * GIB)
    make_hardware("Too large", memory_bytes=49 * GIB)
    make_hardware("Other segment", segment="datacenter")

    found = Hardware.objects.beside(own)

    assert {chip.name for chip in found} == {"Same design", "Near", "Exactly double"}
