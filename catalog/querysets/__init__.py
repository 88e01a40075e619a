"""What pages and documents ask of the facts."""

from catalog.querysets.ai_models import AIModelQuerySet, ModelFileQuerySet
from catalog.querysets.engines import (
    EngineQuerySet,
    ReleaseQuerySet,
    SupportCellQuerySet,
)
from catalog.querysets.hardware import HardwareQuerySet

__all__ = [
    "AIModelQuerySet",
    "EngineQuerySet",
    "HardwareQuerySet",
    "ModelFileQuerySet",
    "ReleaseQuerySet",
    "SupportCellQuerySet",
]
