"""Whether the catalogue says that an engine drives a piece of hardware at all."""

from typing import Any

from catalog.models import SupportCell
from catalog.support_names import BACKEND_NAMES
from editorial.vocabularies import SupportValue
from estimator.inputs import Hardware

BACKENDS = {
    "NVIDIA": ("nvidia_cuda", "vulkan"),
    "AMD": ("amd_rocm", "vulkan"),
    "Apple": ("apple_metal",),
    "Intel": ("intel", "vulkan"),
    "Google": ("tpu",),
}
"""Maker to the back ends by which an engine may drive its hardware."""
GOOD = (SupportValue.YES, SupportValue.PARTIAL)


def support_caution(engine: str, engine_name: str, card: Hardware) -> str:
    """A sentence where no back end is known to work; "" otherwise. One statement."""
    keys = BACKENDS.get(card.vendor, ())
    rows: Any = SupportCell.objects.of_engine(engine).backends()
    cells: dict[str, str] = dict(rows)
    if not cells or any(cells.get(key) in GOOD for key in keys):
        return ""
    names = " or ".join(BACKEND_NAMES[key] for key in keys) or card.vendor
    is_denied = any(cells.get(key) == SupportValue.NO for key in keys)
    verb = "does not support" if is_denied else "is not known to support"
    return (
        f"As far as the catalogue knows, {engine_name} {verb} {names}. Memory and "
        "speed below are what it would need and reach."
    )
