"""What this app offers to the publishing machinery."""

import json
from pathlib import Path

from editorial.registry import (
    DocumentKind,
    register_after_publish,
    register_document_kind,
    register_sitemap,
)
from editorial.search.publications import register_text_source
from newsletter.digest import claims
from newsletter.digest.addresses import ARCHIVE, DIGEST, digest_path
from newsletter.digest.checks import digest_problems
from newsletter.digest.freezing import DIGEST_SCHEMA, freeze_digest
from newsletter.digest.pages import render_digest
from newsletter.digest.portable import digest_from_portable
from newsletter.digest.references import digest_references
from newsletter.digest.restoring import restore_digest
from newsletter.digest.sitemap import archive_pages
from newsletter.models import DigestIssue
from newsletter.notices import tell_of_publication

SCHEMAS = Path(__file__).parent / "schemas"


def register() -> None:
    register_subscribers()
    register_digest()
    register_mailings()


def register_subscribers() -> None:
    """Addresses and what they asked for."""


def register_digest() -> None:
    """The issue as a kind of document, its archive and its notices."""
    register_document_kind(
        DocumentKind(
            name=DIGEST,
            model=DigestIssue,
            schema=DIGEST_SCHEMA,
            json_schema=json.loads((SCHEMAS / "digest.json").read_text()),
            freeze=freeze_digest,
            restore=restore_digest,
            problems=digest_problems,
            references=digest_references,
            path=digest_path,
            render=render_digest,
            from_portable=digest_from_portable,
            found_as="issue",
        )
    )
    register_text_source(
        "issue",
        label="Issues of the newsletter",
        one="Issue of the newsletter",
        order=45,
        list_url=ARCHIVE,
    )
    register_sitemap("digest", archive_pages)
    register_after_publish(tell_of_publication)
    claims.register()


def register_mailings() -> None:
    """The outbox."""
