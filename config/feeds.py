"""Everything published, as an Atom feed."""

from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed

from editorial.models import Publication

ENTRIES = 30


class PublicationFeed(Feed):
    """The newest versions that readers can see, each once per version."""

    feed_type = Atom1Feed
    link = "/"

    def title(self) -> str:
        return f"{settings.SITE_NAME}: publications"

    def subtitle(self) -> str:
        return "New comparisons and verdicts, and new versions of old ones."

    def items(self) -> Any:
        return Publication.objects.live().for_listing()[:ENTRIES]

    def item_title(self, item: Publication) -> str:
        return item.title

    def item_description(self, item: Publication) -> str:
        return f"Version {item.version}: {item.change_note}"

    def item_link(self, item: Publication) -> str:
        return f"{settings.SITE_URL}{item.path}"

    def item_guid(self, item: Publication) -> str:
        return f"urn:uuid:{item.document_uid}:{item.version}"

    def item_pubdate(self, item: Publication) -> Any:
        return item.visible_from

    def item_updateddate(self, item: Publication) -> Any:
        return item.visible_from

    def item_author_name(self, item: Publication) -> str:
        return item.author_name
