"""The log of corrections as Atom."""

from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from editorial.models import EDITORIAL_DESK, Correction

ENTRIES = 50


class CorrectionFeed(Feed):
    """The newest corrections, each once."""

    feed_type = Atom1Feed
    author_name = EDITORIAL_DESK

    def title(self) -> str:
        return f"{settings.SITE_NAME}: corrections"

    def subtitle(self) -> str:
        return "Mistakes that readers reported, and what the pages say now."

    def link(self) -> str:
        return reverse("corrections")

    def items(self) -> Any:
        return Correction.objects.newest_first()[:ENTRIES]

    def item_title(self, item: Correction) -> str:
        return item.page_title

    def item_description(self, item: Correction) -> str:
        return escape(f"{item.was_wrong} {item.says_now}")

    def item_link(self, item: Correction) -> str:
        return f"{settings.SITE_URL}{reverse('corrections')}#{item.anchor}"

    def item_guid(self, item: Correction) -> str:
        return f"urn:uuid:{item.uid}"

    def item_pubdate(self, item: Correction) -> Any:
        return item.corrected_at

    def item_updateddate(self, item: Correction) -> Any:
        return item.corrected_at
