"""Everything published, as an Atom feed."""

from typing import Any

from django.conf import settings

from editorial.feeds import PublishedTextsFeed
from editorial.models import Publication

ENTRIES = 30


class PublicationFeed(PublishedTextsFeed):
    """The newest versions that readers can see, each once per version."""

    link = "/"

    def title(self) -> str:
        return f"{settings.SITE_NAME}: publications"

    def subtitle(self) -> str:
        return "New comparisons and verdicts, and new versions of old ones."

    def items(self) -> Any:
        return Publication.objects.live().for_listing()[:ENTRIES]

    def item_description(self, item: Publication) -> str:
        return f"Version {item.version}: {item.change_note}"

    def item_guid(self, item: Publication) -> str:
        return f"{super().item_guid(item)}:{item.version}"
