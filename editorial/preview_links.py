"""Links that show a draft to somebody without an account.

The secret is 256 random bits in the address; the table keeps its keyed hash. A signed
token would need a row as well, since a link can be revoked, and would put the
document's number into the address. This way the address says nothing, a copy of the
database opens nothing, and a new SECRET_KEY ends every link.
"""

import datetime
import secrets
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from editorial.freezing import Body, digest_of
from editorial.models import PreviewLink
from editorial.registry import document_kind
from editorial.transitions import begin

LIFETIME_DAYS = {1: "1 day", 7: "7 days", 30: "30 days"}
DEFAULT_DAYS = 7
SECRET_BYTES = 32
SALT = "editorial.preview_links"


def hash_of(secret: str) -> str:
    """How the table knows `secret`: keyed with the site's own key."""
    return salted_hmac(SALT, secret, algorithm="sha256").hexdigest()


@transaction.atomic
def make_link(
    document: Any, *, by: Any, body: Body, text_label: str, purpose: str, days: int
) -> tuple[PreviewLink, str]:
    """A link to exactly `body`, and its secret, which is not kept anywhere.

    Raises NotAllowedError.
    """
    row = begin("share", document, by)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    link = PreviewLink.objects.create(
        secret_hash=hash_of(secret),
        document_uid=row.uid,
        kind=row.kind,
        text_label=text_label,
        digest=digest_of(body),
        purpose=purpose,
        made_by=by,
        expires_at=timezone.now() + datetime.timedelta(days=days),
        body=body,
    )
    return link, secret


def link_called(secret: str) -> PreviewLink | None:
    """The link that `secret` opens now; None for a wrong, expired or revoked one."""
    return PreviewLink.objects.usable().filter(secret_hash=hash_of(secret)).first()


@transaction.atomic
def revoke_link(document: Any, *, by: Any, pk: int) -> bool:
    """End a link of `document` now. False when it has ended already."""
    row = begin("share", document, by)
    links = PreviewLink.objects.of_document(row.uid).filter(pk=pk, revoked_at=None)
    return bool(links.update(revoked_at=timezone.now(), revoked_by=by))


def count_opening(link: PreviewLink) -> None:
    """Add one to the openings. Nothing is kept about who it was."""
    PreviewLink.objects.filter(pk=link.pk).update(
        opened_count=F("opened_count") + 1, last_opened_at=timezone.now()
    )


def document_of(link: PreviewLink) -> Any:
    """The working copy behind `link`; None once it is deleted."""
    documents = document_kind(link.kind).model._default_manager
    return documents.filter(uid=link.document_uid).first()
