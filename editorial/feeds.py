"""How one published text stands in an Atom feed."""

from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed

from editorial.models import Publication


class PublishedTextsFeed(Feed):
    """Base of feeds of publications; a class says which, and how they are told apart.

    A text that is corrected keeps its entry, unless the class gives each version one.
    """

    feed_type = Atom1Feed

    def item_title(self, item: Publication) -> str:
        return item.title

    def item_description(self, item: Publication) -> str:
        return item.description

    def item_link(self, item: Publication) -> str:
        return f"{settings.SITE_URL}{item.path}"

    def item_guid(self, item: Publication) -> str:
        return f"urn:uuid:{item.document_uid}"

    def item_pubdate(self, item: Publication) -> datetime:
        return item.visible_from

    def item_updateddate(self, item: Publication) -> datetime:
        return item.visible_from

    def item_author_name(self, item: Publication) -> str:
        return item.author_name
