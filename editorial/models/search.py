"""What readers can find, and the words that a misspelt one may have meant.

Rows are made from facts and publications, and can be made again: `rebuild_search`.
"""

import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from editorial.models.publication import FOREVER

ALWAYS = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
"""Since when a fact is visible: it has no window."""


class SearchEntryQuerySet(models.QuerySet):
    def of_scopes(self, kind: str, scopes) -> Self:
        return self.filter(kind=kind, scope__in=list(scopes))

    def unended(self, moment: datetime.datetime) -> Self:
        """Without versions whose window is over, which nobody will find again."""
        return self.filter(visible_until__gt=moment)


class SearchEntry(models.Model):
    """One thing that a reader can find. Only `editorial.search.index` writes it.

    `scope` names what is built together: an entry whose scope is built again and which
    is not among the results goes. `names` and `tokens` are made by
    `editorial.search.words`; the databases index `tokens`, each in its own way.
    """

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=255)
    scope = models.CharField(max_length=255)
    title = models.CharField(max_length=300)
    summary = models.CharField(max_length=400, blank=True)
    url = models.CharField(max_length=600)
    weight = models.SmallIntegerField(default=0)
    year = models.SmallIntegerField(default=0)
    visible_from = models.DateTimeField(default=ALWAYS)
    visible_until = models.DateTimeField(default=FOREVER)
    names = models.TextField()
    tokens = models.TextField()

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name_plural = "search entries"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], name="one_search_entry_per_key"
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "scope"], name="search_by_scope"),
            models.Index(fields=["kind", "-weight", "id"], name="search_by_weight"),
        ]

    def __str__(self):
        return self.title


class SearchWordQuerySet(models.QuerySet):
    def beginning_with(self, beginnings) -> list[str]:
        """Words that begin so, the shortest first, up to a thousand of them."""
        wanted = Q(pk__in=[])
        for beginning in beginnings:
            wanted |= Q(word__startswith=beginning)
        words = self.filter(wanted).order_by(Length("word"))
        return list(words.values_list("word", flat=True)[:1000])


class SearchWord(models.Model):
    """A word of some name, looked up by likeness."""

    word = models.CharField(max_length=40, unique=True)

    objects = SearchWordQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.word
