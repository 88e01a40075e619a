"""What the printed memory leaves out: who shares it, how it is counted, its peak."""

from catalog.details.spec_sheet.findings import Finding, Proof, Sheet
from catalog.measures import gib, grouped
from catalog.models import HardwareKind

LLMFIT = (
    "https://github.com/AlexsJones/llmfit/{}/3f44fd30a43d2619146f7bc0aa66c90aa54d78e6/"
)
MEASURED_EFFICIENCY = Proof(
    "llmfit: measured speeds by device",
    LLMFIT.format("tree") + "llmfit-core/data/community",
)
WEIGHTS_ARE_READ = Proof(
    "llmfit: how speed is estimated", LLMFIT.format("blob") + "docs/how-it-works.md"
)
VISIBLE_MEMORY = (
    Proof(
        "vLLM #55169: an 80 GB H100 has 81 559 MiB",
        "https://github.com/vllm-project/vllm/issues/55169",
    ),
    Proof(
        "vLLM #12126: of which an engine sees 79.22 GiB",
        "https://github.com/vllm-project/vllm/pull/12126",
    ),
)
APPLE_LIMITS = (
    Proof(
        "llmfit #754: the limit on 16 GB",
        "https://github.com/AlexsJones/llmfit/pull/754",
    ),
    Proof(
        "SGLang #29949: on 24 GB", "https://github.com/sgl-project/sglang/pull/29949"
    ),
    Proof(
        "SGLang #36780: on 48 GB", "https://github.com/sgl-project/sglang/pull/36780"
    ),
    Proof("ds4 #893: on 128 GB", "https://github.com/antirez/ds4/pull/893"),
    Proof(
        "llama.cpp #2011: on 32 GB in 2023",
        "https://github.com/ggml-org/llama.cpp/pull/2011",
    ),
    Proof(
        "mlx-lm: raising the limit",
        "https://github.com/ml-explore/mlx-lm/blob/"
        "d78bf58e217c904ec282ed8da9b947491f78c022/README.md",
    ),
)
STRIX_HALO = (
    Proof(
        "ModelFit: what Linux gives the GPU",
        "https://modelfit.io/blog/amd-strix-halo-local-ai-128gb/",
    ),
    Proof(
        "Strix Halo toolboxes: kernel parameters",
        "https://github.com/kyuz0/amd-strix-halo-toolboxes/blob/"
        "d1a34bee0900be574fc31be9dcdc02a925581889/README.md",
    ),
)
BYTES_PER_GB = 10**9


def apple_memory(sheet: Sheet) -> Finding | None:
    """macOS keeps a share of the unified memory from the GPU."""
    if sheet.chip.kind != HardwareKind.APPLE_SOC:
        return None
    text = (
        f"The {gib(sheet.chip.memory_bytes)} GB serve macOS and every program too, and "
        "macOS caps what the GPU may hold. Reports of 2026: 11.8 of 16 GB, 17.8 of 24, "
        "37.4 of 48 and 107.5 of 128; one of 2023: 21.3 of 32. The cap can be raised "
        "with iogpu.wired_limit_mb, to less than the memory of the machine."
    )
    return Finding("Not all of the memory is for models", text, APPLE_LIMITS)


def apple_bins(sheet: Sheet) -> Finding | None:
    """One row for several chips of one name."""
    chip = sheet.chip
    if chip.kind != HardwareKind.APPLE_SOC:
        return None
    text = "The same name covers several chips. This row is the fastest of them"
    if cores := sheet.find(r"GPU up to (\d+) cores"):
        text += f", with {cores[1]} GPU cores"
    text += f" and the largest memory, {gib(chip.memory_bytes)} GB."
    if options := sheet.find(r"memory options ([\d/]+) GB"):
        text += f" Sold with {options[1].replace('/', ', ')} GB."
    slower = sheet.find(r"(\d+) GB/s with the (\d+-core) GPU")
    if slower and slower[1] != grouped(chip.memory_bandwidth_gb_s):
        text += f" The {slower[2]} version reaches {slower[1]} GB/s."
    title = "A slower chip has the same name"
    return Finding(title, text, (sheet.proof("memory_bytes"),))


def shared_memory(sheet: Sheet) -> Finding | None:
    """Unified memory outside the Apple world."""
    chip = sheet.chip
    if not chip.has_unified_memory or chip.kind == HardwareKind.APPLE_SOC:
        return None
    text = (
        f"The {gib(chip.memory_bytes)} GB also hold the system and every program. "
        "Do not add main memory to it: it is the main memory."
    )
    proofs = (sheet.proof("memory_bytes"),)
    if split := sheet.find(r"up to (\d+) GB assignable as VRAM on Windows"):
        text += f" Windows sets up to {split[1]} GB of it aside for the GPU."
    if split := sheet.find(r"about (\d+) GB on Linux"):
        text += (
            f" Linux gives it about {split[1]} GB, and with kernel parameters up to "
            "124 of 128."
        )
        proofs = (*proofs, *STRIX_HALO)
    return Finding("The memory is shared", text, proofs)


def bandwidth_peak(sheet: Sheet) -> Finding | None:
    """True of every chip: bandwidth is a ceiling."""
    shown = grouped(sheet.chip.memory_bandwidth_gb_s)
    text = (
        f"{shown} GB/s is what the memory could move if nothing ever waited. Writing a "
        "token reads every active weight once, so bandwidth divided by those bytes is "
        "a ceiling of the speed. Our fits of the llama.cpp runs that llmfit's users "
        "share reach 82 to 92 % of it on four chips (RX 7900 XT, RTX 5070, RTX 2080, "
        "M4 Pro), before a fixed cost for each layer."
    )
    if measured := sheet.find(r"measured about (\d+) GB/s"):
        text += (
            f" Copying memory on this chip was measured at about {measured[1]} GB/s."
        )
    proofs = (WEIGHTS_ARE_READ, MEASURED_EFFICIENCY)
    return Finding("Bandwidth is a peak", text, proofs)


def binary_gigabytes(sheet: Sheet) -> Finding | None:
    """True of every chip: capacities are binary, files are decimal."""
    size = sheet.chip.memory_bytes
    text = (
        f"{gib(size)} GB of memory are counted in 2³⁰ bytes: "
        f"{grouped(size)} bytes in all. Files are counted in 10⁹ bytes, so that much "
        f"memory would hold {round(size / BYTES_PER_GB, 1):g} GB of file, less what "
        "the driver and the engine keep."
    )
    return Finding("Two kinds of gigabyte", text, VISIBLE_MEMORY)
