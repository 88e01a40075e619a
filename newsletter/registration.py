"""What this app offers to the publishing machinery."""

from functools import partial

from editorial.anonymous_forms import keep_attempts
from editorial.registry import register_desk_models, register_panel
from editorial.roles import ADMINISTRATORS, MODERATORS
from editorial.secret_paths import register_secret_paths
from newsletter.limits import COUNTERS_KEPT_DAYS, DATA_LETTERS, LETTERS
from newsletter.panels import watch_panel


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


def register_digest() -> None:
    """The issue as a kind of document, its archive and its notices."""


def register_mailings() -> None:
    """The outbox."""
