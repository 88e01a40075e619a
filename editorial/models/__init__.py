from editorial.models.document import EDITORIAL_DESK, Document, DocumentChild
from editorial.models.fact_check import FactCheck
from editorial.models.link_check import LinkCheck
from editorial.models.publication import (
    FOREVER,
    QUOTES,
    DocumentPath,
    Publication,
    PublicationReference,
)
from editorial.models.reads import CountedLog, PageReads
from editorial.models.search import ALWAYS, SearchEntry, SearchWord
from editorial.models.source import Citation, MergedSource, Source
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
    "QUOTES",
    "Checkpoint",
    "Citation",
    "CountedLog",
    "Document",
    "DocumentChild",
    "DocumentPath",
    "EditorialEvent",
    "EventAction",
    "FactCheck",
    "LinkCheck",
    "MergedSource",
    "PageReads",
    "Publication",
    "PublicationReference",
    "Recheck",
    "SearchEntry",
    "SearchWord",
    "ShippedVersion",
    "Source",
    "Verification",
]
