"""What a board or a laptop does to the chip on it."""

from catalog.details.hardware import NVIDIA
from catalog.details.spec_sheet.findings import Finding, Sheet
from catalog.models import HardwareKind, Segment


def laptop_power(sheet: Sheet) -> Finding | None:
    """The laptop's maker decides how fast a laptop GPU is."""
    chip = sheet.chip
    if chip.segment != Segment.LAPTOP or chip.kind != HardwareKind.GPU:
        return None
    text = "How fast it runs depends on the power that the laptop's maker allows"
    if spread := sheet.find(r"GPU power range (\d+)-(\d+) W"):
        text += f": {spread[1]} to {spread[2]} W. The power shown here is the top"
    text += "."
    if basis := sheet.find(r"FP32 figure is (?:\w+'s )?for an? (\d+) W"):
        text += f" The FP32 rate is for {basis[1]} W."
    text += (
        " It is another chip than the desktop card of nearly the same name."
        if chip.vendor.name == NVIDIA
        else ""
    )
    return Finding("The laptop sets the speed", text, (sheet.proof("board_power_w"),))


def no_nvlink(sheet: Sheet) -> Finding | None:
    """NVIDIA boards that speak to each other over PCIe only."""
    chip = sheet.chip
    is_board = chip.segment not in {Segment.LAPTOP, Segment.MINI_PC}
    if chip.has_nvlink is not False or chip.vendor.name != NVIDIA or not is_board:
        return None
    text = (
        "Two of these cards exchange data over PCIe. Splitting every layer over both "
        "waits for that link; giving each card whole layers does not, but is no faster "
        "than one card."
    )
    return Finding("No NVLink between cards", text, (sheet.proof("has_nvlink"),))


def nvlink_bridge(sheet: Sheet) -> Finding | None:
    if not sheet.chip.has_nvlink or not sheet.says("NVLink through a two-card bridge"):
        return None
    text = (
        "The link is a bridge between two cards. Three or four are not all connected."
    )
    return Finding("NVLink joins two cards only", text, (sheet.proof("has_nvlink"),))


def several_devices(sheet: Sheet) -> Finding | None:
    """Boards that software sees as more than one device."""
    gcd = sheet.find(r"two GCDs: each is one device with (\d+) GB and ([\d.]+) GB/s")
    if gcd:
        text = (
            f"Software sees two devices with {gcd[1]} GB and {gcd[2]} GB/s each. One "
            "model on one device has half of what this page shows."
        )
    elif sheet.says("dual-GPU board: all figures are per GPU"):
        text = "The board carries two GPUs. All figures here are those of one."
    else:
        return None
    return Finding("One board, two devices", text, (sheet.proof("memory_bytes"),))


def too_old(sheet: Sheet) -> Finding | None:
    if not sheet.says("too old for current CUDA"):
        return None
    text = "Current CUDA releases no longer support this generation."
    proofs = (sheet.proof("compute_capability"),)
    return Finding("Too old for current software", text, proofs)
