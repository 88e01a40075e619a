"""What a board or a laptop does to the chip on it."""

from catalog.details.hardware import NVIDIA
from catalog.details.spec_sheet.findings import Finding, Proof, Sheet
from catalog.models import HardwareKind, Segment

SPLIT_MODES = Proof(
    "llama.cpp: using several GPUs",
    "https://github.com/ggml-org/llama.cpp/blob/"
    "5815cb840bfe5be1895c6ca6afcf9ce05d8b486f/docs/multi-gpu.md",
)
TWO_DIES = Proof(
    "Optimum: the two dies of an MI250",
    "https://huggingface.co/docs/optimum/amd/amdgpu/perf_hardware",
)
DROPPED_BY_CUDA_12 = {"3.5", "3.7"}
KEPLER = Proof(
    "LLVM: CUDA 12.0 removed sm_35 and sm_37",
    "https://github.com/llvm/llvm-project/commit/"
    "0f49116e261cf5a156221b006acb677e3565fd1a",
)


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
        " The desktop card of nearly the same name is another product, with a page of "
        "its own."
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
        "is held up by that link. Giving each card whole layers tolerates a slow one, "
        "but then each token passes through the cards one after the other."
    )
    proofs = (sheet.proof("has_nvlink"), SPLIT_MODES)
    return Finding("No NVLink between cards", text, proofs)


def nvlink_bridge(sheet: Sheet) -> Finding | None:
    if not sheet.chip.has_nvlink or not sheet.says("NVLink through a two-card bridge"):
        return None
    text = (
        "The link is a bridge between two cards of the same kind. The source shows "
        "none for three or four."
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
        proofs = (sheet.proof("memory_bytes"), TWO_DIES)
    elif sheet.says("dual-GPU board: all figures are per GPU"):
        text = "The board carries two GPUs. All figures here are those of one."
        proofs = (sheet.proof("memory_bytes"),)
    else:
        return None
    return Finding("One board, two devices", text, proofs)


def too_old(sheet: Sheet) -> Finding | None:
    if sheet.chip.compute_capability not in DROPPED_BY_CUDA_12:
        return None
    text = "CUDA 12.0 and later build nothing for this generation."
    proofs = (sheet.proof("compute_capability"), KEPLER)
    return Finding("Too old for current software", text, proofs)
