"""The frame of every page: name, navigation, foot."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse

from config.navigation import (
    CALCULATORS,
    LEGAL,
    READ,
    REFERENCES,
    SECTIONS,
    sections,
)
from editorial.reports.claim_pages import report_path
from editorial.secret_paths import is_secret
from newsletter.consent import CURRENT, words_of

register = template.Library()

NO_AFFILIATES = "This site has no affiliate links and earns nothing from what you buy."


@register.simple_tag
def site_name() -> str:
    return settings.SITE_NAME


@register.simple_tag
def site_url() -> str:
    return settings.SITE_URL


def _path(context: Any) -> str:
    """Where the reader is, or in a preview will be."""
    if path := context.get("page_path"):
        return path
    request = context.get("request")
    return request.path if request is not None else ""


def _public(path: str) -> str:
    """The page that the foot of it offers to report on.

    Not the form itself, nor what a secret address shows: the secret would travel on.
    """
    is_unnamed = is_secret(path) or path.startswith(reverse("report"))
    return "" if is_unnamed else path


def _has_sign_up(path: str, newsletter: str) -> bool:
    """Not where readers sign up, confirm or leave; but under what they may read."""
    is_archive = path.startswith(f"{newsletter}archive/")
    return is_archive or not path.startswith(newsletter)


@register.inclusion_tag("components/site_header.html", takes_context=True)
def site_header(context: Any) -> dict[str, Any]:
    return {
        "site_name": settings.SITE_NAME,
        "sections": sections(SECTIONS, _path(context)),
    }


@register.inclusion_tag("components/site_footer.html", takes_context=True)
def site_footer(context: Any) -> dict[str, Any]:
    current = _path(context)
    newsletter = reverse("newsletter:sign_up")
    return {
        "site_name": settings.SITE_NAME,
        "sections": sections(READ, current),
        "calculators": sections(CALCULATORS, current),
        "references": sections(REFERENCES, current),
        "legal": sections(LEGAL, current),
        "newsletter_path": newsletter,
        "mark_path": reverse("newsletter:sign_up_mark"),
        "privacy_path": reverse("privacy"),
        "consent": words_of(CURRENT),
        "has_sign_up": _has_sign_up(current, newsletter),
        "report_path": report_path(_public(current)),
        "affiliate": settings.AFFILIATE_STATEMENT or NO_AFFILIATES,
    }
