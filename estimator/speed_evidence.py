"""How sure a speed is: the width of its range, its tier, and the words for both."""

from functools import lru_cache

from estimator.answers import Evidence
from estimator.hardware_classes import CLASS_WORDS, HardwareClass
from estimator.speed_setting import Setting

UNSEEN_WIDTH = 0.6
"""Half width, as a logarithm, where no row of the engine or class was measured."""
DEPTH_WIDTH = 0.10
"""What a filled cache adds to the half width."""
OWN_ROWS_NEEDED = 2
"""Rows of a device before its range is that of devices that were seen."""


def decode_width(setting: Setting) -> float:
    """Half width of decode at depth 0, as a logarithm: the widest of what is unsure."""
    constants = setting.constants
    found = constants.classes.get(setting.name)
    own = constants.device_factors.get(setting.card.slug)
    if found is None:
        widths = [UNSEEN_WIDTH]
    elif own is not None and own.rows >= OWN_ROWS_NEEDED:
        widths = [found.own_spread.width]
    else:
        widths = [found.spread.width]
    if not setting.is_dense:
        widths.append(setting.experts_factor(setting.name).spread.width)
    if not setting.is_llama:
        factor = setting.engine_factor
        widths.append(factor.spread.width if factor else UNSEEN_WIDTH)
    if setting.is_cut:
        widths.append(UNSEEN_WIDTH)
    elif len(setting.request.machine.cards) > 1:
        widths.append(constants.several_cards.spread.width)
    if setting.is_offloaded:
        widths.append(constants.offload.spread.width)
    return max(widths) + setting.weights.error_share


def evidence_of(setting: Setting) -> Evidence:
    """Extrapolated where similar hardware was measured with this engine and split."""
    is_known = setting.name in setting.constants.classes
    if setting.is_cut or setting.is_offloaded:
        is_known = False
    if not setting.is_llama and setting.engine_factor is None:
        is_known = False
    return Evidence.EXTRAPOLATED if is_known else Evidence.ESTIMATED


def reasons_of(setting: Setting) -> tuple[str, ...]:
    """Sentences: what the range rests on, and what it leaves out."""
    said = [_origin(setting)]
    if setting.is_offloaded:
        said.append(
            "Part of the weights is read from host memory for every token. How fast a "
            "prompt is read then depends on the bus, so prefill is not stated."
        )
    if not setting.is_llama:
        said.append(_engine_words(setting))
    return tuple(said)


def _engine_words(setting: Setting) -> str:
    factor, name = setting.engine_factor, setting.request.engine.slug
    if factor is None:
        return (
            f"No single-request measurement of {name} is usable, so the figure is that "
            "of llama.cpp with a wide range."
        )
    return (
        f"{name} is taken as llama.cpp's time times {factor.value:.2f}, from "
        f"{factor.rows} rows on {_devices(factor.devices)}."
    )


def _origin(setting: Setting) -> str:
    found = setting.constants.classes.get(setting.name)
    if found is None:
        words = CLASS_WORDS[setting.name]
        return f"No measurement of {words} is usable; all classes stand in."
    own = setting.constants.device_factors.get(setting.card.slug)
    return _words(setting.name, found.rows, found.devices, own.rows if own else 0)


@lru_cache(maxsize=1024)
def _words(name: HardwareClass, rows: int, devices: int, own: int) -> str:
    said = (
        f"Decode rests on {rows} measurements on {_devices(devices)} of the class: "
        f"{CLASS_WORDS[name]}."
    )
    return f"{said} {own} of them are of this device." if own else said


def _devices(count: int) -> str:
    return "one device" if count == 1 else f"{count} devices"
