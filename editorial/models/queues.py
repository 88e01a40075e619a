"""Working copies by what somebody should do with them next."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from editorial.models.publication import Publication
from editorial.models.trail import EditorialEvent, EventAction, Recheck
from editorial.vocabularies import ReviewState

BEFORE_ALL = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


class DocumentQuerySet(models.QuerySet):
    def named(self, text: str) -> Self:
        """Called exactly `text`, by title or slug."""
        return self.filter(Q(title__iexact=text) | Q(slug=text.lower()))

    def like(self, text: str) -> Self:
        return self.filter(Q(title__icontains=text) | Q(slug__icontains=text))

    def written_by(self, user: Any) -> Self:
        """Saved by `user` since last published: what `rights.wrote` says of one."""
        versions = Publication.objects.filter(document_uid=OuterRef("uid"))
        newest = versions.order_by("-version")
        saves = EditorialEvent.objects.of_action(EventAction.SAVE, EventAction.RESTORE)
        mine = saves.filter(
            document_uid=OuterRef("uid"), actor=user, at__gt=OuterRef("released_at")
        )
        released_at = Coalesce(Subquery(newest.values("created_at")[:1]), BEFORE_ALL)
        return self.annotate(released_at=released_at, is_mine=Exists(mine))

    def with_news(self) -> Self:
        """Those whose text differs from their newest version, or that have none."""
        newest = Publication.objects.exclude_cancelled().filter(
            document_uid=OuterRef("uid")
        )
        digest = Subquery(newest.order_by("-version").values("digest")[:1])
        return self.annotate(newest_digest=digest).filter(
            Q(newest_digest=None) | ~Q(newest_digest=F("working_digest"))
        )

    def to_do_for(self, user: Any) -> Self:
        """Drafts that `user` wrote, and texts that were given back to them."""
        states = (ReviewState.DRAFT, ReviewState.CHANGES_REQUESTED)
        rows = self.written_by(user).with_news().filter(review_state__in=states)
        return rows.filter(Q(is_mine=True) | Q(assigned_to=user))

    def assigned_to_person(self, user: Any) -> Self:
        return self.filter(assigned_to=user)

    def overdue(self, today: datetime.date) -> Self:
        """Asked for by a day that has passed."""
        return self.filter(assigned_due_on__lt=today)

    def in_review(self) -> Self:
        return self.filter(review_state=ReviewState.IN_REVIEW)

    def in_review_with_nobody(self) -> Self:
        return self.in_review().filter(assigned_to=None)

    def most_urgent_first(self) -> Self:
        """By the day they were asked for; those without one last, the newest first."""
        return self.select_related("assigned_to").order_by(
            F("assigned_due_on").asc(nulls_last=True), "-updated_at", "pk"
        )

    def for_listing(self) -> Self:
        """With who has it and what readers see of it, in one statement."""
        now = timezone.now()
        mine = Publication.objects.of_document(OuterRef("uid"))
        return self.select_related("assigned_to").annotate(
            is_live=Exists(mine.live_at(now)),
            is_upcoming=Exists(mine.upcoming(now)),
            was_shown=Exists(mine.shown_by(now)),
        )

    def awaiting_review_by(self, user: Any) -> Self:
        """In review, and not written by `user`."""
        rows = self.written_by(user).filter(is_mine=False)
        return rows.filter(review_state=ReviewState.IN_REVIEW)

    def due(self, user: Any = None) -> Self:
        """Live with claims that were last checked too long ago."""
        now = timezone.now()
        return self._with(
            Publication.objects.live_at(now).filter(review_due_on__lte=now.date())
        )

    def scheduled(self, user: Any = None) -> Self:
        return self._with(Publication.objects.upcoming(timezone.now()))

    def broken(self, user: Any = None) -> Self:
        """Live while a fact under it has changed."""
        rows = self._with(Publication.objects.live())
        return rows._with(Recheck.objects.open())

    def _with(self, others: models.QuerySet) -> Self:
        return self.filter(Exists(others.filter(document_uid=OuterRef("uid"))))
