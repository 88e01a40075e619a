"""What the spec sheet hides: each rule where the facts call for it, and only there."""

import re
from decimal import Decimal

import pytest

from catalog.details.spec_sheet import (
    RULES,
    boards,
    hidden_by_the_spec_sheet,
    memory,
    rates,
)
from catalog.details.spec_sheet.findings import Sheet
from catalog.models import GIB
from editorial.models import Citation, Source
from tests.catalog.unsaved import SOURCE, apple, chip

HALVED = "kept; fp16_fp32acc_tflops=165 (GeForce runs FP32-accumulate at half rate)"


def finding(rule, chip, **citations):
    return rule(Sheet(chip, citations))


def test_a_geforce_shows_both_rates_and_that_fp8_halves_too():
    card = chip(
        notes=HALVED, fp16_tensor_tflops=Decimal(330), fp8_tflops=Decimal("660.6")
    )

    text = finding(rates.fp16_accumulation, card).text

    assert "330 TFLOPS" in text
    assert "165 TFLOPS" in text
    assert "660.6 TFLOPS in FP8 halve in the same way" in text


def test_a_geforce_without_an_fp8_rate_says_nothing_of_fp8():
    card = chip(notes=HALVED, fp16_tensor_tflops=Decimal(142))

    assert "FP8" not in finding(rates.fp16_accumulation, card).text


def test_a_card_at_full_rate_has_nothing_to_halve():
    assert finding(rates.fp16_accumulation, chip(fp16_tensor_tflops=Decimal(989))) is (
        None
    )
    assert finding(rates.fp16_accumulation, chip(notes=HALVED)) is None


def test_a_finding_links_to_the_page_of_the_field_it_speaks_of():
    card = chip(notes=HALVED, fp16_tensor_tflops=Decimal(330))
    own = Source(url="https://example.org/tensor", title="Tensor table")
    citation = Citation(source=own, field="fp16_tensor_tflops")

    without = finding(rates.fp16_accumulation, card)
    cited = finding(rates.fp16_accumulation, card, fp16_tensor_tflops=citation)

    assert without.proofs[0].url == SOURCE.url
    assert cited.proofs[0].url == "https://example.org/tensor"


@pytest.mark.parametrize(
    ("notes", "headline"),
    [
        ("halved the sparse 285.48 TFLOPS quoted by the source", "285.48 TFLOPS"),
        ("source lists dense (sparse) 330 (661); dense kept", "661 TFLOPS"),
        ("source lists dense (sparse): FP16 419 (838), FP4 1676 (3352)", "838 TFLOPS"),
        ("fp4 = NVIDIA AI TOPS 798 (sparse FP4, at the top) halved", "798 “AI TOPS”"),
    ],
)
def test_a_headline_that_counts_zeros_is_named(notes, headline):
    assert headline in finding(rates.sparsity, chip(notes=notes)).text


def test_a_dense_headline_hides_nothing():
    assert finding(rates.sparsity, chip(notes="dense kept")) is None


def test_rates_that_nobody_printed_are_called_estimates():
    notes = "DERIVED tensor figures, not quoted by a source: fp16 = 4x"

    assert finding(rates.ratio_only, chip(notes=notes)) is not None
    assert finding(rates.ratio_only, chip(notes="int8 derived = 2x fp16")) is None


def test_a_chip_without_tensor_cores_is_slow_at_prompts():
    notes = "no tensor cores; FP16 runs at 1/64 of FP32 per TechPowerUp"

    text = finding(rates.no_tensor_cores, chip(notes=notes)).text

    assert "FP16 runs at 1/64 of the FP32 rate." in text
    assert finding(rates.no_tensor_cores, chip()) is None


def test_a_mac_keeps_memory_for_itself():
    found = finding(memory.apple_memory, apple())

    assert "128 GB serve macOS" in found.text
    assert "11.8 of 16 GB, 17.8 of 24, 37.4 of 48 and 107.5 of 128" in found.text
    assert len(found.proofs) == 6
    assert finding(memory.apple_memory, chip(has_unified_memory=True)) is None


def test_an_apple_row_says_that_slower_chips_have_its_name():
    notes = (
        "memory options 36/48/64/128 GB; GPU up to 40 cores; 410 GB/s with the "
        "32-core GPU (36 GB only), 546 GB/s with the 40-core GPU"
    )

    text = finding(memory.apple_bins, apple(notes=notes)).text

    assert "40 GPU cores" in text
    assert "36, 48, 64, 128 GB" in text
    assert "The 32-core version reaches 410 GB/s." in text


def test_an_apple_row_without_notes_invents_no_cores():
    text = finding(memory.apple_bins, apple()).text

    assert "cores" not in text
    assert "Sold with" not in text


def test_other_shared_memory_is_not_added_to_main_memory():
    notes = "up to 96 GB assignable as VRAM on Windows, about 108 GB on Linux"
    board = chip(vendor="AMD", has_unified_memory=True, notes=notes)

    text = finding(memory.shared_memory, board).text

    assert "up to 96 GB" in text
    assert "about 108 GB, and with kernel parameters up to 124 of 128" in text
    assert finding(memory.shared_memory, apple()) is None
    assert finding(memory.shared_memory, chip()) is None


def test_a_laptop_chip_names_its_range_of_power():
    notes = (
        "GPU power range 80-150 W by laptop; tdp_watts is the top of the range; FP32 "
        "figure is TechPowerUp's for a 120 W configuration"
    )

    text = finding(boards.laptop_power, chip(segment="laptop", notes=notes)).text

    assert "80 to 150 W" in text
    assert "FP32 rate is for 120 W" in text
    assert "The desktop card of nearly the same name is another product" in text


def test_a_laptop_from_apple_or_amd_says_nothing_of_desktop_cards():
    amd = finding(boards.laptop_power, chip(vendor="AMD", segment="laptop"))

    assert "desktop" not in amd.text
    assert finding(boards.laptop_power, apple(segment="laptop")) is None
    assert finding(boards.laptop_power, chip()) is None


@pytest.mark.parametrize(
    ("values", "is_told"),
    [
        ({"has_nvlink": False}, True),
        ({"has_nvlink": None}, False),
        ({"has_nvlink": True}, False),
        ({"has_nvlink": False, "vendor": "AMD"}, False),
        ({"has_nvlink": False, "segment": "laptop"}, False),
    ],
)
def test_missing_nvlink_is_told_where_a_source_says_so(values, is_told):
    assert (finding(boards.no_nvlink, chip(**values)) is not None) is is_told


def test_a_bridge_joins_two_cards_only():
    notes = "NVLink through a two-card bridge"

    assert finding(boards.nvlink_bridge, chip(has_nvlink=True, notes=notes)) is not None
    assert finding(boards.nvlink_bridge, chip(has_nvlink=True)) is None


def test_a_board_of_two_devices_says_what_each_has():
    notes = "two GCDs: each is one device with 64 GB and 1638.4 GB/s"
    per_gpu = "dual-GPU board: all figures are per GPU (2 x 12 GB on the card)"

    assert "64 GB and 1638.4 GB/s" in (
        finding(boards.several_devices, chip(notes=notes)).text
    )
    assert "two GPUs" in finding(boards.several_devices, chip(notes=per_gpu)).text
    assert finding(boards.several_devices, chip()) is None


@pytest.mark.parametrize(
    ("capability", "is_told"),
    [("3.5", True), ("3.7", True), ("5.2", False), ("", False)],
)
def test_only_what_cuda_dropped_is_called_too_old(capability, is_told):
    found = finding(boards.too_old, chip(compute_capability=capability))

    assert (found is not None) is is_told


def test_bandwidth_and_gigabytes_are_explained_on_every_chip():
    for hardware in (chip(), apple(), chip(vendor="AMD")):
        titles = [entry.title for entry in hidden_by_the_spec_sheet(hardware, {})]
        assert titles[-2:] == ["Bandwidth is a peak", "Two kinds of gigabyte"]


def test_capacity_is_given_in_both_kinds_of_gigabyte():
    text = finding(memory.binary_gigabytes, chip(memory_bytes=24 * GIB)).text

    assert "25\u202f769\u202f803\u202f776 bytes" in text
    assert "25.8 GB of file" in text


def test_a_measured_bandwidth_stands_beside_the_peak():
    notes = "measured about 212 GB/s"

    assert "about 212 GB/s" in finding(memory.bandwidth_peak, chip(notes=notes)).text


def test_every_finding_has_a_proof():
    board = chip(
        notes=HALVED + "; no tensor cores; DERIVED tensor figures",
        fp16_tensor_tflops=Decimal(330),
        has_nvlink=False,
        compute_capability="3.7",
    )

    found = hidden_by_the_spec_sheet(board, {})

    assert len(found) == 7
    assert all(entry.proofs and entry.text.endswith(".") for entry in found)
    assert len(RULES) == 15


@pytest.mark.parametrize(
    ("rule", "values", "pages"),
    [
        (rates.fp16_accumulation, {"notes": HALVED}, ["hmc-tech.com", "nvidia.cn"]),
        (rates.sparsity, {"notes": "halved the sparse 285 TFLOPS"}, ["cusparselt"]),
        (boards.no_nvlink, {"has_nvlink": False}, ["docs/multi-gpu.md"]),
        (boards.too_old, {"compute_capability": "3.7"}, ["llvm-project"]),
        (
            boards.several_devices,
            {"notes": "two GCDs: each is one device with 64 GB and 1638.4 GB/s"},
            ["optimum/amd"],
        ),
    ],
)
def test_what_the_row_does_not_prove_has_a_page_of_its_own(rule, values, pages):
    found = finding(rule, chip(fp16_tensor_tflops=Decimal(330), **values))

    row, *others = [proof.url for proof in found.proofs]
    assert row == SOURCE.url
    assert len(others) == len(pages)
    assert all(page in url for page, url in zip(pages, others, strict=True))


def test_a_repository_is_cited_at_a_commit_or_by_a_thread():
    notes = HALVED + "; about 108 GB on Linux"
    board = chip(
        notes=notes,
        fp16_tensor_tflops=Decimal(330),
        has_nvlink=False,
        compute_capability="3.7",
    )
    shared = chip(notes=notes, has_unified_memory=True)

    for hardware in (board, shared, apple()):
        for entry in hidden_by_the_spec_sheet(hardware, {}):
            for proof in entry.proofs:
                on_github = proof.url.startswith("https://github.com/")
                pinned = re.search(r"/[0-9a-f]{40}|/(pull|issues)/\d+$", proof.url)
                assert pinned or not on_github, proof.url
