"""What this app offers to the publishing machinery."""

from django.urls import reverse

from editorial.registry import register_desk_box, register_desk_models
from editorial.rights import can
from editorial.roles import PUBLISHERS
from newsletter.bounces import forget_events
from newsletter.chores import register_chore
from newsletter.closing import forget_letters
from newsletter.models import Letter, Mailing

SENDING = ("view", "change")


def register() -> None:
    register_subscribers()
    register_digest()
    register_mailings()


def register_subscribers() -> None:
    """Addresses and what they asked for."""


def register_digest() -> None:
    """The issue as a kind of document, its archive and its notices."""


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
