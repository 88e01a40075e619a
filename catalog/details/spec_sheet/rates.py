"""What the printed rates leave out: accumulation, sparsity, estimates."""

from catalog.details.hardware import fp32_accumulate_tflops
from catalog.details.spec_sheet.findings import Finding, Proof, Sheet
from catalog.measures import grouped

HALF_RATE = Proof(
    "HMC: GeForce tensor rates by accumulator",
    "https://hmc-tech.com/gpu/nvidia-geforce-rtx-4090-d-vs-nvidia-geforce-rtx-3090-ti",
)
FULL_RATE = Proof(
    "NVIDIA: rates of the A100 by accumulator (in Chinese)",
    "https://developer.nvidia.cn/blog/"
    "accelerating-inference-with-sparsity-using-ampere-and-tensorrt",
)
TWO_OF_FOUR = Proof(
    "NVIDIA: structured sparsity with cuSPARSELt",
    "https://developer.nvidia.com/blog/"
    "exploiting-ampere-structured-sparsity-with-cusparselt/",
)


def fp16_accumulation(sheet: Sheet) -> Finding | None:
    """GeForce 30, 40 and 50: the tensor rate halves with FP32 accumulation."""
    chip = sheet.chip
    halved = fp32_accumulate_tflops(chip.notes)
    if not halved or chip.fp16_tensor_tflops is None:
        return None
    text = (
        f"The rate of {grouped(chip.fp16_tensor_tflops)} TFLOPS adds the products up "
        f"in FP16. Code that adds them up in FP32 gets {halved} TFLOPS."
    )
    if chip.fp8_tflops is not None:
        text += f" The {grouped(chip.fp8_tflops)} TFLOPS in FP8 halve in the same way."
    text += (
        " The A100, a data-centre card, is not halved: its 312 TFLOPS are with FP32. "
        "Compare them with the lower figure."
    )
    title = "Half the tensor rate with FP32 sums"
    proofs = (sheet.proof("fp16_tensor_tflops"), HALF_RATE, FULL_RATE)
    return Finding(title, text, proofs)


def sparsity(sheet: Sheet) -> Finding | None:
    """Headlines that count every skipped zero as work done."""
    halved = sheet.find(r"halved the sparse ([\d.]+) TFLOPS")
    listed = sheet.find(
        r"source lists dense \(sparse\):? (?:FP16 )?[\d.]+ \(([\d.]+)\)"
    )
    halved = halved or listed
    tops = sheet.find(r"AI TOPS (\d+) \(sparse FP4")
    if halved:
        headline, field = f"{halved[1]} TFLOPS in FP16", "fp16_tensor_tflops"
    elif tops:
        headline, field = f"{tops[1]} “AI TOPS” in FP4", "fp4_tflops"
    else:
        return None
    text = (
        f"The headline of {headline} counts structured sparsity: of every four weights "
        "two are zero and skipped, and a model has to be pruned to that pattern first. "
        "The dense rate shown here is half of it."
    )
    proofs = (sheet.proof(field), TWO_OF_FOUR)
    return Finding("The headline counts zeros", text, proofs)


def ratio_only(sheet: Sheet) -> Finding | None:
    """Tensor rates that no source printed at all."""
    if "DERIVED tensor figures" not in sheet.chip.notes:
        return None
    text = (
        "No source seen prints a tensor rate for this chip. The figures are its FP32 "
        "rate times the ratio of its generation: read them as estimates."
    )
    return Finding(
        "The tensor rates are estimates", text, (sheet.proof("fp32_tflops"),)
    )


def no_tensor_cores(sheet: Sheet) -> Finding | None:
    if not (sheet.says("no tensor cores") or sheet.says("no matrix cores")):
        return None
    text = (
        "There are no matrix units, so a prompt is read at the rate of the ordinary "
        "cores: the FP32 rate above, not a tensor rate."
    )
    if slow := sheet.find(r"FP16 runs at (1/\d+) of FP32"):
        text += f" FP16 runs at {slow[1]} of the FP32 rate."
    title = "No tensor cores for prompts"
    return Finding(title, text, (sheet.proof("fp32_tflops"),))


def unpublished_rates(sheet: Sheet) -> Finding | None:
    if not sheet.says("Apple publishes no tensor TFLOPS"):
        return None
    text = (
        "No source seen has a tensor rate, a power or a price of the chip by Apple. "
        "Compare prompt speed by measurements, not by this page."
    )
    title = "No rate or power to compare"
    return Finding(title, text, (sheet.proof("fp32_tflops"),))
