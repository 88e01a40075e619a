"""Who is told of a comment, and how they stop it."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.urls import reverse

from editorial.desk.addresses import desk_link
from editorial.mailing import can_be_mailed, mail_after_commit
from editorial.models import Comment, MutedDocument
from editorial.registry import document_kinds
from editorial.rights import can, writers_of

MUTE_SALT = "editorial.mute"

ASSIGNEE = "you have this text"
WRITER = "you wrote on this text since it was last published"
PARTICIPANT = "you took part in this thread"


def tell_of_comment(comment: Comment, document: Any) -> None:
    """A mail to each person concerned, but never to the author."""
    for person, reason in concerned_with(comment, document).items():
        mute_link = link_to_mute(document, person)
        headers = {
            "List-Unsubscribe": f"<{mute_link}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
        mail_after_commit(
            person,
            subject=_subject(comment, document),
            text=_text(comment, document, reason=reason, mute_link=mute_link),
            headers=headers,
        )


def concerned_with(comment: Comment, document: Any) -> dict[Any, str]:
    """Each person to tell, with the reason. One person has one reason, the first."""
    muted = MutedDocument.objects.filter(document_uid=document.uid)
    silent = {comment.author_id, *muted.values_list("user_id", flat=True)}
    people: dict[Any, str] = {}
    for person, reason in _involved(comment, document):
        if person.pk not in silent and can_be_mailed(person):
            people.setdefault(person, reason)
    return {
        person: reason
        for person, reason in people.items()
        if can(person, "view", document)
    }


def _involved(comment: Comment, document: Any) -> Iterator[tuple[Any, str]]:
    if document.assigned_to is not None:
        yield document.assigned_to, ASSIGNEE
    for person in writers_of(document):
        yield person, WRITER
    if comment.parent is not None:
        replies = comment.parent.replies.select_related("author")
        for earlier in (comment.parent, *replies):
            if earlier.author is not None:
                yield earlier.author, PARTICIPANT


def _subject(comment: Comment, document: Any) -> str:
    if comment.parent is not None:
        return f"Answer on “{document}”"
    return f"{'Blocking comment' if comment.is_blocking else 'Comment'} on “{document}”"


def _text(comment: Comment, document: Any, *, reason: str, mute_link: str) -> str:
    who = comment.author_name
    if comment.author_id is None:
        who += " (a guest without an account)"
    did = "answered" if comment.parent is not None else "commented"
    quoted = "\n".join(f"    {line}" for line in comment.text.splitlines())
    blocking = (
        "\nIt is blocking: the text cannot be approved or published until the comment "
        "is resolved.\n"
    )
    return (
        f"{who} {did} on “{document}”.\n"
        f"Place: {comment.place_label}\n\n"
        f"{quoted}\n"
        f"{blocking if comment.is_blocking else ''}\n"
        f"Read it and answer: {desk_link(document, 'comments')}#comment-{comment.pk}\n"
        "\n-- \n"
        f"You get this mail because {reason}. To get no more mail about comments on "
        f"this text, open this page and press the button:\n{mute_link}\n"
    )


def link_to_mute(document: Any, person: Any) -> str:
    """An address that needs no login: it is signed, and good for one thing only."""
    token = signing.dumps([person.pk, str(document.uid)], salt=MUTE_SALT, compress=True)
    return f"{settings.SITE_URL}{reverse('mute_comments', args=[token])}"


def read_mute_token(token: str) -> tuple[Any, Any] | None:
    """The person and the document that `token` speaks of; None for a bad one.

    It does not expire: a mail from last year has to be stopped by its own link.
    """
    try:
        person_pk, uid = signing.loads(token, salt=MUTE_SALT)
    except signing.BadSignature:
        return None
    person = get_user_model().objects.filter(pk=person_pk).first()
    for kind in document_kinds():
        document = kind.model._default_manager.filter(uid=uid).first()
        if document is not None and person is not None:
            return person, document
    return None
