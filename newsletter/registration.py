"""What this app offers to the publishing machinery."""

import json
from functools import partial
from pathlib import Path

from django.urls import reverse

from editorial.anonymous_forms import keep_attempts
from editorial.registry import (
    DocumentKind,
    register_after_publish,
    register_desk_box,
    register_desk_models,
    register_document_kind,
    register_panel,
    register_sitemap,
)
from editorial.rights import can
from editorial.roles import ADMINISTRATORS, MODERATORS, PUBLISHERS
from editorial.search.publications import register_text_source
from editorial.secret_paths import register_secret_paths
from newsletter.asking import answer_requests
from newsletter.bounces import forget_events
from newsletter.chores import register_chore
from newsletter.closing import forget_letters
from newsletter.digest import claims
from newsletter.digest.addresses import ARCHIVE, DIGEST, digest_path
from newsletter.digest.checks import digest_problems
from newsletter.digest.freezing import DIGEST_SCHEMA, freeze_digest
from newsletter.digest.pages import render_digest
from newsletter.digest.portable import digest_from_portable
from newsletter.digest.references import digest_references
from newsletter.digest.restoring import restore_digest
from newsletter.digest.sitemap import archive_pages
from newsletter.limits import COUNTERS_KEPT_DAYS, DATA_LETTERS, LETTERS
from newsletter.models import DigestIssue, Letter, Mailing
from newsletter.notices import tell_of_fact_changes, tell_of_publication
from newsletter.panels import watch_panel
from newsletter.subscriptions import erase_left, erase_unconfirmed

SCHEMAS = Path(__file__).parent / "schemas"
SENDING = ("view", "change")


def register() -> None:
    register_subscribers()
    register_digest()
    register_mailings()


def register_subscribers() -> None:
    """Addresses and what they asked for."""
    for purpose in (LETTERS, DATA_LETTERS):
        keep_attempts(purpose, days=COUNTERS_KEPT_DAYS)
    register_secret_paths(
        *(f"/newsletter/{page}/" for page in ("confirm", "leave", "preferences")),
        "/newsletter/my-data/open/",
    )
    erasing = ("view", "erase")
    register_desk_models(
        "newsletter.Subscriber",
        rights={MODERATORS: erasing, ADMINISTRATORS: erasing},
    )
    for page, type_name in (
        ("engine_detail", "engine"),
        ("hardware_detail", "hardware"),
        ("ai_model_detail", "model"),
    ):
        register_panel(page, partial(watch_panel, type_name))
    register_chore("answer requests", lambda now: answer_requests())
    register_chore("erase the unconfirmed", erase_unconfirmed)
    register_chore("erase who left", erase_left)


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
    register_chore("tell of changes", tell_of_fact_changes)
    claims.register()


def register_mailings() -> None:
    """The outbox, what it tells the desk, and who may see it."""
    register_desk_models(
        "newsletter.Mailing", "newsletter.Letter", rights={PUBLISHERS: SENDING}
    )
    register_desk_box(
        "Mailings that are paused",
        count=lambda user: Mailing.objects.paused().count(),
        link=lambda: f"{reverse('admin:newsletter_mailing_changelist')}?state=paused",
        order=60,
        right=lambda user: can(user, "view", Mailing),
    )
    register_desk_box(
        "Mails in doubt",
        count=lambda user: Letter.objects.uncertain().count(),
        link=lambda: f"{reverse('admin:newsletter_letter_changelist')}?state=uncertain",
        order=61,
        right=lambda user: can(user, "view", Letter),
    )
    register_chore("forget letters", forget_letters)
    register_chore("forget mail events", forget_events)
