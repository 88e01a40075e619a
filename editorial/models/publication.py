"""What readers see: immutable versions, each with its window of visibility."""

import datetime
from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from editorial.models.kept import Kept, KeptQuerySet

FOREVER = datetime.datetime(9999, 12, 31, tzinfo=datetime.UTC)
"""The open end of a window. Never NULL: every index on the window would be lost."""

QUOTES = "quotes"
"""The role of a reference by which a text quotes a number of a fact."""


class PublicationQuerySet(KeptQuerySet):
    def live_at(self, moment: datetime.datetime) -> Self:
        """What a reader saw, sees or will see at `moment`."""
        return self.filter(visible_from__lte=moment, visible_until__gt=moment)

    def live(self) -> Self:
        return self.live_at(timezone.now())

    def live_at_last(self, moment: datetime.datetime) -> Self:
        """Of each document that readers saw before `moment` and not then: its last."""
        shown = Publication.objects.shown_by(moment)
        same = shown.filter(document_uid=OuterRef("document_uid"))
        live = Publication.objects.live_at(moment).filter(
            document_uid=OuterRef("document_uid")
        )
        later = same.filter(visible_from__gt=OuterRef("visible_from"))
        return self.shown_by(moment).filter(~Exists(live), ~Exists(later))

    def first_after(self, moment: datetime.datetime) -> Self:
        """Of each document that no reader had seen by `moment`: its first version."""
        versions = Publication.objects.filter(document_uid=OuterRef("document_uid"))
        earlier = versions.upcoming(moment).filter(
            visible_from__lt=OuterRef("visible_from")
        )
        seen = versions.shown_by(moment)
        return self.upcoming(moment).filter(~Exists(seen), ~Exists(earlier))

    def for_moment(self) -> Self:
        """A list by title, without the bodies."""
        return self.defer("body").order_by("title", "pk")

    def upcoming(self, moment: datetime.datetime) -> Self:
        """Versions whose window has not begun at `moment` and was not cancelled."""
        return self.filter(visible_from__gt=moment, visible_until__gt=F("visible_from"))

    def shown_by(self, moment: datetime.datetime) -> Self:
        """Versions that readers have seen: begun by `moment`, window not empty."""
        return self.filter(
            visible_from__lte=moment, visible_until__gt=F("visible_from")
        )

    def begun_after(self, moment: datetime.datetime) -> Self:
        return self.filter(visible_from__gt=moment)

    def exclude_cancelled(self) -> Self:
        """Without versions that were scheduled and taken back before they began."""
        return self.filter(visible_until__gt=F("visible_from"))

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def of_kinds(self, kinds) -> Self:
        return self.filter(kind__in=list(kinds))

    def of_document(self, document_uid) -> Self:
        return self.filter(document_uid=document_uid)

    def of_documents(self, document_uids) -> Self:
        return self.filter(document_uid__in=list(document_uids))

    def at_path(self, path: str) -> Self:
        return self.filter(path=path)

    def newest_first(self) -> Self:
        return self.order_by("-visible_from", "-version")

    def for_listing(self) -> Self:
        """Without the bodies, which are large and which no list shows."""
        return self.defer("body").newest_first()

    def with_checks(self, moment: datetime.datetime | None = None) -> Self:
        """With `checked_on`, `due_on` and `checked_by` at `moment`, or now.

        They come from the newest verification of exactly this text, else from the
        text itself.
        """
        checks = (
            apps.get_model("editorial.Verification")
            .objects.of_text(OuterRef("document_uid"), OuterRef("digest"))
            .filter(verified_at__lte=moment or timezone.now())
            .newest_first()
        )

        def newest(column: str, else_: str) -> Coalesce:
            return Coalesce(Subquery(checks.values(column)[:1]), F(else_))

        return self.annotate(
            checked_on=newest("verified_on", "verified_on"),
            due_on=newest("review_due_on", "review_due_on"),
            checked_by=newest("verified_by_name", "published_by_name"),
        )

    def with_marks(self) -> Self:
        """With `has_moved_facts`: a fact under the document has changed since."""
        marks = apps.get_model("editorial.Recheck").objects.open()
        return self.annotate(
            has_moved_facts=Exists(marks.filter(document_uid=OuterRef("document_uid")))
        )

    def with_reads(self, today: datetime.date) -> Self:
        """With `reads` of the page in the last days; None where none were counted."""
        days = apps.get_model("editorial.PageReads").objects.recent(today)
        sums = days.filter(path=OuterRef("path")).values("path")
        return self.annotate(
            reads=Subquery(sums.annotate(total=Sum("reads")).values("total"))
        )

    def due_for_recheck(self, moment: datetime.datetime, *, until: datetime.date):
        """Live versions to look at by `until` or for a changed fact, oldest first."""
        live = self.live_at(moment).defer("body").with_checks(moment).with_marks()
        due = live.filter(Q(due_on__lte=until) | Q(has_moved_facts=True))
        return due.order_by("due_on", "title", "pk")

    def starting_between(
        self, begin: datetime.datetime, end: datetime.datetime
    ) -> Self:
        """Versions whose window begins from `begin` on and before `end`, in order."""
        rows = self.exclude_cancelled().defer("body")
        rows = rows.filter(visible_from__gte=begin, visible_from__lt=end)
        return rows.order_by("visible_from", "title", "pk")

    def due_between(
        self, begin: datetime.date, end: datetime.date, moment: datetime.datetime
    ) -> Self:
        """Versions that readers see at `moment` or later, by the day they fall due."""
        rows = self.exclude_cancelled().filter(visible_until__gt=moment)
        rows = rows.defer("body").with_checks(moment)
        rows = rows.filter(due_on__gte=begin, due_on__lt=end)
        return rows.order_by("due_on", "title", "pk")

    def quoting_changed_facts(self) -> Self:
        """Those that quote a fact which has changed since the text was frozen.

        Publishing closes every mark of a document and each change of a fact opens one,
        so the marks tell, open or not: a text that was verified still quotes the old
        number.
        """
        marks = apps.get_model("editorial.Recheck").objects.filter(
            document_uid=OuterRef("publication__document_uid"),
            fact_type=OuterRef("target_type"),
            fact_uid=OuterRef("target_uid"),
            opened_at__gte=OuterRef("publication__created_at"),
        )
        quotes = PublicationReference.objects.filter(
            Exists(marks), publication=OuterRef("pk"), role=QUOTES
        )
        return self.filter(Exists(quotes))

    def for_reading(self) -> Self:
        """The columns of `editorial.reading.ReadRow`, one of them an annotation."""
        return self.values_list(
            *("document_uid", "kind", "path", "version", "digest", "visible_from"),
            *("published_by_name", "checked_on", "due_on", "body", "has_moved_facts"),
        )

    def for_change_log(self) -> Self:
        """The columns of `editorial.reading.VersionEntry`, the newest first."""
        who = ("published_by_name", "change_note", "digest")
        return self.newest_first().values_list("version", "visible_from", *who)

    def referring_to(self, target_type: str, uids) -> Self:
        return self.filter(
            references__target_type=target_type, references__target_uid__in=uids
        ).distinct()


class Publication(Kept, models.Model):
    """One published version of one document, complete with all its children.

    A database trigger lets nothing change but `visible_until`.
    """

    document_uid = models.UUIDField()
    kind = models.CharField(max_length=40)
    path = models.CharField(max_length=300)
    version = models.PositiveIntegerField()
    schema = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    description = models.CharField(max_length=300)
    author_name = models.CharField(max_length=120)
    verified_on = models.DateField()
    review_due_on = models.DateField()
    published_by_name = models.CharField(max_length=150)
    change_note = models.CharField(max_length=300)
    created_at = models.DateTimeField(default=timezone.now)
    visible_from = models.DateTimeField()
    visible_until = models.DateTimeField(default=FOREVER)
    body = models.JSONField()

    objects = PublicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document_uid", "version"], name="one_row_per_version"
            ),
            models.UniqueConstraint(
                fields=["document_uid"],
                condition=Q(visible_until=FOREVER),
                name="one_open_window_per_document",
            ),
            models.UniqueConstraint(
                fields=["path"],
                condition=Q(visible_until=FOREVER),
                name="one_open_window_per_path",
            ),
            models.CheckConstraint(
                condition=Q(visible_until__gte=F("visible_from")),
                name="window_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(
                fields=["kind", "-visible_from", "visible_until"], name="pub_by_kind"
            ),
            models.Index(fields=["path", "visible_until"], name="pub_by_path"),
            models.Index(
                fields=["document_uid", "visible_until"], name="pub_by_document"
            ),
        ]

    def __str__(self):
        return f"{self.title}, version {self.version}"

    def get_absolute_url(self):
        return self.path

    def is_live_at(self, moment: datetime.datetime) -> bool:
        return self.visible_from <= moment < self.visible_until

    @property
    def is_cancelled(self) -> bool:
        """Its window is empty: it was scheduled and taken back before it began."""
        return self.visible_from == self.visible_until


class PublicationReference(Kept, models.Model):
    """What a publication refers to, so that a changed fact finds its readers."""

    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, related_name="references"
    )
    target_type = models.CharField(max_length=40)
    target_uid = models.UUIDField()
    role = models.CharField(max_length=40)

    objects = KeptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "target_type", "target_uid", "role"],
                name="one_reference_per_role",
            ),
        ]
        indexes = [
            models.Index(fields=["target_type", "target_uid"], name="ref_by_target"),
        ]

    def __str__(self):
        return f"{self.role}: {self.target_type} {self.target_uid}"


class DocumentPath(models.Model):
    """Every address a document ever had. Old path to document: never to a path,
    so that redirects can neither chain nor loop."""

    path = models.CharField(max_length=300, primary_key=True)
    document_uid = models.UUIDField(db_index=True)
    claimed_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return self.path
