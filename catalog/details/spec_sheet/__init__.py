"""What the spec sheet hides: rules over a chip's facts and notes, in words.

Each rule answers a Finding, or None where the facts do not call for it. None asks the
database; what a chip's own row proves, it links to.
"""

from collections.abc import Callable, Mapping

from catalog.details.spec_sheet import boards, memory, rates
from catalog.details.spec_sheet.findings import Finding, Sheet
from catalog.models import Hardware
from editorial.models import Citation

Rule = Callable[[Sheet], Finding | None]

RULES: tuple[Rule, ...] = (
    *(rates.fp16_accumulation, rates.sparsity, rates.ratio_only),
    *(rates.no_tensor_cores, memory.apple_memory, memory.apple_bins),
    *(rates.unpublished_rates, memory.shared_memory, boards.laptop_power),
    *(boards.several_devices, boards.no_nvlink, boards.nvlink_bridge),
    *(boards.too_old, memory.bandwidth_peak, memory.binary_gigabytes),
)
"""In the order of the page: what changes a decision first."""


def hidden_by_the_spec_sheet(
    chip: Hardware, citations: Mapping[str, Citation]
) -> list[Finding]:
    sheet = Sheet(chip, citations)
    found = (rule(sheet) for rule in RULES)
    return [finding for finding in found if finding is not None]
