from editorial.models.bundle import Bundle, BundleItem
from editorial.models.document import EDITORIAL_DESK, Document, DocumentChild
from editorial.models.job import BulkJob, BulkJobItem, ItemResult
from editorial.models.link_check import LinkCheck
from editorial.models.publication import (
    FOREVER,
    DocumentPath,
    Publication,
    PublicationReference,
)
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
    "BulkJob",
    "BulkJobItem",
    "Bundle",
    "BundleItem",
    "Checkpoint",
    "Citation",
    "Document",
    "DocumentChild",
    "DocumentPath",
    "EditorialEvent",
    "EventAction",
    "ItemResult",
    "LinkCheck",
    "Publication",
    "PublicationReference",
    "Recheck",
    "SearchEntry",
    "SearchWord",
    "ShippedVersion",
    "Source",
    "Verification",
]
