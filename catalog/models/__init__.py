from catalog.models.ai_model import (
    AIModel,
    Architecture,
    CommercialUse,
    HostedPrice,
    Modality,
    ModelFamily,
    ModelFile,
    SizeUnit,
)
from catalog.models.alias import Alias, AliasedType
from catalog.models.engine import (
    Engine,
    EngineKind,
    EngineRelease,
    EngineStatement,
    EngineStatus,
    FailureMode,
    ReleaseBasis,
    ReleaseRole,
    SupportAxis,
    SupportCell,
)
from catalog.models.fact import GIB, DatePrecision, Fact
from catalog.models.hardware import Hardware, HardwareKind, PriceObservation, Segment
from catalog.models.languages import ModelLanguages
from catalog.models.upload import FactUpload
from catalog.models.vendor import Vendor

__all__ = [
    "GIB",
    "AIModel",
    "Alias",
    "AliasedType",
    "Architecture",
    "CommercialUse",
    "DatePrecision",
    "Engine",
    "EngineKind",
    "EngineRelease",
    "EngineStatement",
    "EngineStatus",
    "Fact",
    "FactUpload",
    "FailureMode",
    "Hardware",
    "HardwareKind",
    "HostedPrice",
    "Modality",
    "ModelFamily",
    "ModelFile",
    "ModelLanguages",
    "PriceObservation",
    "ReleaseBasis",
    "ReleaseRole",
    "Segment",
    "SizeUnit",
    "SupportAxis",
    "SupportCell",
    "Vendor",
]
