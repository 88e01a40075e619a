"""Licences of models in plain words: a reading aid, not legal advice."""

import datetime
from dataclasses import dataclass
from typing import Any

from catalog.details.licences.by_model import OF_ONE_MODEL
from catalog.details.licences.texts import LICENCES, NAMES

__all__ = ["LICENCES", "NAMES", "OF_ONE_MODEL", "LicenceNote", "licence_note"]


@dataclass(frozen=True)
class LicenceNote:
    """A model's licence as its page tells it."""

    id: str
    name: str
    permits: str
    """Empty where nobody read the text: then the licence is named only."""
    conditions: tuple[str, ...]
    url: str
    """What was read; the model's repository where nothing was."""
    read_on: datetime.date | None


def licence_note(model: Any) -> LicenceNote | None:
    """The licence of `model` in plain words; None where no source names one."""
    if not model.license or model.license == "unknown":
        return None
    id_ = model.license.lower()
    known = OF_ONE_MODEL.get(model.hf_repository) or LICENCES.get(id_)
    if known is None:
        repository = f"https://huggingface.co/{model.hf_repository}"
        return LicenceNote(model.license, NAMES.get(id_, ""), "", (), repository, None)
    return LicenceNote(
        id=model.license,
        name=known.name,
        permits=known.permits,
        conditions=known.conditions,
        url=known.url,
        read_on=known.read_on,
    )
