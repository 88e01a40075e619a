from editorial.models.attempt import AttemptCount
from editorial.models.correction import Correction
from editorial.models.document import EDITORIAL_DESK, Document, DocumentChild
from editorial.models.link_check import LinkCheck
from editorial.models.publication import (
    FOREVER,
    DocumentPath,
    Publication,
    PublicationReference,
)
from editorial.models.report import Report
from editorial.models.search import ALWAYS, SearchEntry, SearchWord
from editorial.models.source import Citation, Source
from editorial.models.trail import (
    Checkpoint,
    EditorialEvent,
    EventAction,
    Recheck,
    ShippedVersion,
)
from editorial.models.verification import Verification

__all__ = [
    "ALWAYS",
    "EDITORIAL_DESK",
    "FOREVER",
    "AttemptCount",
    "Checkpoint",
    "Citation",
    "Correction",
    "Document",
    "DocumentChild",
    "DocumentPath",
    "EditorialEvent",
    "EventAction",
    "LinkCheck",
    "Publication",
    "PublicationReference",
    "Recheck",
    "Report",
    "SearchEntry",
    "SearchWord",
    "ShippedVersion",
    "Source",
    "Verification",
]
