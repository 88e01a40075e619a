"""Saying something about a text, answering, and settling it.

A blocking comment bars approval and publication until it is resolved. Mail goes out
after the commit, to those concerned only (`editorial.comment_mail`).
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from editorial.comment_mail import tell_of_comment
from editorial.drafts import locked
from editorial.freezing import Body, digest_of
from editorial.models import (
    MAX_COMMENT_LENGTH,
    Comment,
    EventAction,
    MutedDocument,
)
from editorial.places import places_in
from editorial.problems import NotAllowedError, Problem, WrongStateError
from editorial.registry import document_kind
from editorial.rights import objection
from editorial.transitions import begin, log, name_of

COMMENTS_CARD = "comments"
"""What a problem points at when its comment has no place on the form."""

SHOWN_CHARACTERS = 120


class CommentRefusedError(Exception):
    """The comment cannot be kept as it is; the sentence says what to change."""


@transaction.atomic
def add_comment(
    document: Any,
    *,
    by: Any,
    text: str,
    place: str = "",
    is_blocking: bool = False,
    author_name: str = "",
    body: Body | None = None,
) -> Comment:
    """Keep what `by` says about `place` of `document`, and tell those concerned.

    `by=None` is an invited guest, who gives `author_name` and never blocks. `body` is
    the text they had before them, the working copy unless told otherwise. Raises
    CommentRefusedError, NotAllowedError.
    """
    row = _row_for(document, by)
    if by is None and is_blocking:
        raise NotAllowedError("Only somebody with an account can bar a text.")
    body = document_kind(row.kind).freeze(row) if body is None else body
    target = places_in(body).get(place)
    if target is None:
        raise CommentRefusedError("That place is not in the text any more.")
    comment = Comment.objects.create(
        document_uid=row.uid,
        kind=row.kind,
        **_split(place),
        place_label=target.label[:300],
        text=_checked(text),
        is_blocking=is_blocking,
        author=by,
        author_name=_name(by, author_name),
        digest=digest_of(body),
        place_digest=target.digest,
    )
    _announce(comment, row, by=by)
    return comment


@transaction.atomic
def reply_to(comment: Comment, *, by: Any, text: str, author_name: str = "") -> Comment:
    """Answer in the thread that `comment` belongs to. Replies are one level deep."""
    document = document_of(comment)
    row = _row_for(document, by)
    beginning = comment.parent or comment
    reply = Comment.objects.create(
        document_uid=beginning.document_uid,
        kind=beginning.kind,
        row_uid=beginning.row_uid,
        field=beginning.field,
        place_label=beginning.place_label,
        text=_checked(text),
        parent=beginning,
        author=by,
        author_name=_name(by, author_name),
        digest=row.working_digest,
        place_digest=beginning.place_digest,
    )
    _announce(reply, row, by=by)
    return reply


@transaction.atomic
def resolve(comment: Comment, *, by: Any) -> None:
    """Settle the thread. Raises NotAllowedError, WrongStateError if it is settled."""
    fresh = _settled_by(comment, by)
    if not fresh.is_open:
        raise WrongStateError("The comment is resolved already.")
    _set_resolved(comment, fresh, by=by, at=timezone.now())


@transaction.atomic
def reopen(comment: Comment, *, by: Any) -> None:
    """Take the settlement back. Raises NotAllowedError, WrongStateError if open."""
    fresh = _settled_by(comment, by)
    if fresh.is_open:
        raise WrongStateError("The comment is open already.")
    _set_resolved(comment, fresh, by=by, at=None)


def set_muted(document: Any, *, by: Any, is_muted: bool) -> None:
    """Whether `by` gets no mail about comments on `document`."""
    if is_muted:
        MutedDocument.objects.get_or_create(document_uid=document.uid, user=by)
    else:
        MutedDocument.objects.filter(document_uid=document.uid, user=by).delete()


def document_of(comment: Comment) -> Any:
    """The working copy that `comment` speaks of. Raises DoesNotExist once deleted."""
    documents = document_kind(comment.kind).model._default_manager
    return documents.get(uid=comment.document_uid)


def comment_problems(document: Any, body: Body) -> list[Problem]:
    """A sentence for each comment that bars `document`, with the place to jump to."""
    barring = list(Comment.objects.of_document(document.uid).barring())
    known = places_in(body) if barring else {}
    return [
        Problem(
            f"{comment.author_name} asks for a change ({_where(comment, known)}): "
            f"“{_shortened(comment.text)}”",
            comment.place if comment.place in known else COMMENTS_CARD,
        )
        for comment in barring
    ]


def _where(comment: Comment, known: dict[str, Any]) -> str:
    if comment.place in known:
        return str(known[comment.place].label)
    return f"{comment.place_label}, which is not in the text any more"


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    cut = line[:SHOWN_CHARACTERS].rsplit(" ", 1)[0]
    return line if len(line) <= SHOWN_CHARACTERS else f"{cut} …"


def _row_for(document: Any, by: Any) -> Any:
    return locked(document) if by is None else begin("comment", document, by)


def _split(place: str) -> dict[str, Any]:
    """A row's uid is the only part of a key with hyphens in it."""
    row, _, field = place.partition(".")
    return {"row_uid": UUID(row), "field": field} if "-" in row else {"field": row}


def _checked(text: str) -> str:
    text = text.strip()
    if not text:
        raise CommentRefusedError("Write what you have to say.")
    if len(text) > MAX_COMMENT_LENGTH:
        raise CommentRefusedError(
            f"A comment has at most {MAX_COMMENT_LENGTH} characters; this one has "
            f"{len(text)}. Shorten it, or make two of it."
        )
    return text


def _name(by: Any, author_name: str) -> str:
    name = name_of(by) if by is not None else author_name.strip()
    if not name:
        raise CommentRefusedError("Say who you are.")
    return name[:120]


def _announce(comment: Comment, document: Any, *, by: Any) -> None:
    guest = "" if by else f"{comment.author_name}, a guest. "
    note = f"{guest}{comment.place_label}: {_shortened(comment.text)}"[:300]
    log(EventAction.COMMENT, document, by=by, note=note, digest=comment.digest)

    def tell() -> None:  # not a partial: Django logs the name of what failed
        tell_of_comment(comment, document)

    transaction.on_commit(tell, robust=True)


def _settled_by(comment: Comment, by: Any) -> Comment:
    """The comment's row as it is now, once `by` may settle it."""
    document = locked(document_of(comment))
    fresh = Comment.objects.get(pk=comment.pk)
    if fresh.parent_id is not None:
        raise WrongStateError("Resolve the comment that began the thread.")
    if sentence := objection(by, "resolve", document, comment=fresh):
        raise NotAllowedError(sentence)
    return fresh


def _set_resolved(comment: Comment, fresh: Comment, *, by: Any, at: Any) -> None:
    for row in (comment, fresh):
        row.resolved_at, row.resolved_by = at, by if at else None
    fresh.save(update_fields=["resolved_at", "resolved_by"])
    action = EventAction.RESOLVE if at else EventAction.REOPEN
    note = f"{fresh.place_label}: {_shortened(fresh.text)}"[:300]
    log(action, document_of(fresh), by=by, note=note)
