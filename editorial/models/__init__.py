from editorial.models.attempt import AttemptCount
from editorial.models.bundle import Bundle, BundleItem
from editorial.models.comment import MAX_COMMENT_LENGTH, Comment, MutedDocument
from editorial.models.correction import Correction
from editorial.models.document import EDITORIAL_DESK, Document, DocumentChild
from editorial.models.fact_check import FactCheck
from editorial.models.job import BulkJob, BulkJobItem, ItemResult
from editorial.models.link_check import LinkCheck
from editorial.models.preview_link import PreviewLink
from editorial.models.publication import (
    FOREVER,
    QUOTES,
    DocumentPath,
    Publication,
    PublicationReference,
)
from editorial.models.reads import CountedLog, PageReads
from editorial.models.report import Report
from editorial.models.scratch import NEW_DOCUMENT, Presence, Scratch
from editorial.models.search import ALWAYS, SearchEntry, SearchWord
from editorial.models.source import Citation, MergedSource, Source
from editorial.models.trail import (
    ACCOUNT,
    Checkpoint,
    EditorialEvent,
    EventAction,
    Recheck,
    ShippedVersion,
)
from editorial.models.verification import Verification

__all__ = [
    "ACCOUNT",
    "ALWAYS",
    "EDITORIAL_DESK",
    "FOREVER",
    "MAX_COMMENT_LENGTH",
    "BulkJob",
    "BulkJobItem",
    "Bundle",
    "BundleItem",
    "Checkpoint",
    "Citation",
    "Comment",
    "QUOTES",
    "Checkpoint",
    "Citation",
    "CountedLog",
    "AttemptCount",
    "Checkpoint",
    "Citation",
    "Correction",
    "Document",
    "DocumentChild",
    "DocumentPath",
    "EditorialEvent",
    "EventAction",
    "ItemResult",
    "LinkCheck",
    "NEW_DOCUMENT",
    "Presence",
    "PreviewLink",
    "Scratch",
    "MutedDocument",
    "FactCheck",
    "LinkCheck",
    "MergedSource",
    "PageReads",
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
