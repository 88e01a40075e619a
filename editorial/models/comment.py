"""What people say about a text: on all of it, on a field, or on one of its rows."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone

MAX_COMMENT_LENGTH = 4_000


class CommentQuerySet(models.QuerySet):
    def of_document(self, document_uid: uuid.UUID) -> Self:
        return self.filter(document_uid=document_uid)

    def beginnings(self) -> Self:
        """Comments that answer no other: each begins a thread."""
        return self.filter(parent=None)

    def open(self) -> Self:
        """Threads that nobody has resolved yet."""
        return self.beginnings().filter(resolved_at=None)

    def resolved(self) -> Self:
        return self.beginnings().filter(resolved_at__isnull=False)

    def barring(self) -> Self:
        """What stands between the text and its publication."""
        return self.open().filter(is_blocking=True)

    def with_replies(self) -> Self:
        """Threads with their people and replies, in two statements."""
        replies = Comment.objects.select_related("author")
        return self.select_related("author", "resolved_by").prefetch_related(
            Prefetch("replies", queryset=replies)
        )


class Comment(models.Model):
    """A remark on a working copy. Its place is a row's uid and a field, or less.

    It outlives edits and restores of the text: rows keep their uid. `place_label` says
    what the place was called when the comment was written, for a row may go. Only
    `editorial.comments` writes comments.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document_uid = models.UUIDField()
    kind = models.CharField(max_length=40)
    row_uid = models.UUIDField(null=True, help_text="Empty: the document itself.")
    field = models.CharField(
        max_length=60, blank=True, help_text="Empty: the whole row or document."
    )
    place_label = models.CharField(max_length=300, blank=True)
    text = models.TextField(max_length=MAX_COMMENT_LENGTH)
    is_blocking = models.BooleanField(
        default=False, help_text="Until it is resolved the text cannot be approved."
    )
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, related_name="replies"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Empty: somebody without an account, who gave a name.",
    )
    author_name = models.CharField(max_length=120)
    written_at = models.DateTimeField(default=timezone.now)
    digest = models.CharField(
        max_length=64, help_text="Of the whole text that the author had before them."
    )
    place_digest = models.CharField(
        max_length=64, help_text="Of the passage alone, to see whether it has changed."
    )
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "id"]
        default_permissions = ["view"]
        indexes = [
            models.Index(fields=["document_uid", "written_at"], name="comment_by_doc")
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(author_name=""), name="comment_names_its_author"
            ),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="comment_is_resolved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | Q(is_blocking=False, resolved_at=None),
                name="reply_neither_blocks_nor_is_resolved",
            ),
        ]

    def __str__(self):
        return f"{self.author_name} on {self.place_label or 'the document'}"

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None

    @property
    def place(self) -> str:
        """The key of its place, as `editorial.places` writes it."""
        return place_key(self.row_uid, self.field)


def place_key(row_uid: uuid.UUID | str | None, field: str) -> str:
    """One word for a place: a row's uid and a field with a dot between, or less.

    >>> place_key(None, "thesis")
    'thesis'
    """
    return ".".join(str(part) for part in (row_uid, field) if part)


class MutedDocument(models.Model):
    """Somebody who wants no mail about the comments on one document."""

    document_uid = models.UUIDField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    muted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions: list[str] = []
        constraints = [
            models.UniqueConstraint(
                fields=["document_uid", "user"], name="document_muted_once"
            ),
        ]

    def __str__(self):
        return f"{self.user} mutes {self.document_uid}"
