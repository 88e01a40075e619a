from catalog.admin.ai_models import (
    AIModelAdmin,
    HostedPriceAdmin,
    ModelFamilyAdmin,
    ModelFileAdmin,
    ModelLanguagesAdmin,
)
from catalog.admin.engines import (
    EngineAdmin,
    EngineReleaseAdmin,
    EngineStatementAdmin,
    FailureModeAdmin,
    SupportCellAdmin,
)
from catalog.admin.hardware import HardwareAdmin, PriceObservationAdmin
from catalog.admin.names import AliasAdmin, VendorAdmin

__all__ = [
    "AIModelAdmin",
    "AliasAdmin",
    "EngineAdmin",
    "EngineReleaseAdmin",
    "EngineStatementAdmin",
    "FailureModeAdmin",
    "HardwareAdmin",
    "HostedPriceAdmin",
    "ModelFamilyAdmin",
    "ModelFileAdmin",
    "ModelLanguagesAdmin",
    "PriceObservationAdmin",
    "SupportCellAdmin",
    "VendorAdmin",
]
