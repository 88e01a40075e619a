"""One answer to "may this person do this to that document", or to any other row."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q

from editorial.models import Comment, EditorialEvent, EventAction, Publication

VERBS = {
    "view": "view",
    "preview": "view",
    "diff": "view",
    "create": "add",
    "copy": "add",
    "edit": "change",
    "change_sides": "change",
    "delete": "delete",
    "restore": "change",
    "submit": "submit",
    "assign": "submit",
    "comment": "comment",
    "resolve": "comment",
    "approve": "approve",
    "request_changes": "approve",
    "publish": "publish",
    "schedule": "schedule",
    "cancel": "schedule",
    "withdraw": "withdraw",
    "verify": "verify",
    "share": "share",
    "audit": "audit",
    "recheck": "verify",
    "bundle": "schedule",
    "export": "view",
    "export_draft": "change",
    "import": "change",
    "take_numbers": "change",
    "merge": "merge",
    "check": "change",
    "take": "handle",
    "accept": "handle",
    "fix": "handle",
    "refuse": "handle",
    "mark_duplicate": "handle",
    "mark_spam": "handle",
    "erase": "erase",
    "pause": "change",
    "resume": "change",
    "send_anyway": "change",
    "call_off": "change",
    "set_pace": "change",
    "send_again": "change",
    "leave_unsent": "change",
}
"""Verb to permission of the document's model."""

OWN_PERMISSIONS = (
    "submit",
    "comment",
    "approve",
    "publish",
    "schedule",
    "withdraw",
    "verify",
    "share",
)


def document_permissions(model_name: str, plural: str) -> list[tuple[str, str]]:
    """The permissions a document model declares beside Django's four."""
    return [
        (f"{verb}_{model_name}", f"Can {verb} {plural}") for verb in OWN_PERMISSIONS
    ]


def permission_for(verb: str, document: Any) -> str:
    """The permission that `verb` asks for, as `app.verb_model`."""
    options = document._meta
    return f"{options.app_label}.{VERBS[verb]}_{options.model_name}"


def can(user: Any, verb: str, document: Any, *, comment: Comment | None = None) -> bool:
    return objection(user, verb, document, comment=comment) is None


def objection(
    user: Any, verb: str, document: Any, *, comment: Comment | None = None
) -> str | None:
    """Why `user` may not do `verb` to `document`, as a sentence; None when they may.

    `comment` is given with "resolve" alone, and is the one to settle. Raises KeyError
    for a verb that nobody decided on.
    """
    if not _has_permission(user, verb, document):
        noun = document._meta.verbose_name
        return f"Your account may not {verb.replace('_', ' ')} this {noun}."
    if comment is not None and comment.pk not in resolvable_by(
        user, document, [comment]
    ):
        who = f"{comment.author_name}, or somebody who may approve the text,"
        return f"Only {who} resolves this comment."
    if verb == "approve" and wrote(user, document) and others_may_approve(document):
        return "You wrote this text: somebody else has to approve it."
    return None


def _has_permission(user: Any, verb: str, document: Any) -> bool:
    """Whoever assigns may send to review or approve; whoever comments may look."""
    if verb == "assign":
        verbs = ("submit", "request_changes")
        return any(user.has_perm(permission_for(name, document)) for name in verbs)
    permissions = {permission_for(verb, document)}
    if VERBS[verb] == "comment":
        permissions.add(permission_for("view", document))
    return bool(user.has_perms(permissions))


def resolvable_by(user: Any, document: Any, comments: Iterable[Comment]) -> set[int]:
    """The comments on `document` that `user` may settle, by primary key.

    Whoever wrote one may, and whoever may approve the text; an advisory one may also
    be settled by a reviewer who wrote the text. The number of statements is fixed.
    """
    if not _has_permission(user, "resolve", document):
        return set()
    may = {True: can(user, "approve", document)}
    may[False] = can(user, "request_changes", document)
    return {
        comment.pk
        for comment in comments
        if comment.author_id == user.pk or may[comment.is_blocking]
    }


def reviewers_of(document: Any) -> Any:
    """Active people who may approve `document`, without those who wrote it."""
    people = _approvers(document)
    if others_may_approve(document):
        people = people.exclude(pk__in=_saves_since_published(document).values("actor"))
    return people.order_by("username")


def writers_of(document: Any) -> Any:
    """Whoever saved the working copy since it was last published."""
    saves = _saves_since_published(document)
    return get_user_model().objects.filter(pk__in=saves.values("actor"))


def wrote(user: Any, document: Any) -> bool:
    """Whether `user` saved the working copy since it was last published."""
    return bool(_saves_since_published(document).filter(actor=user).exists())


def _saves_since_published(document: Any) -> Any:
    events = EditorialEvent.objects.of_document(document.uid)
    newest = Publication.objects.of_document(document.uid).order_by("-version").first()
    if newest is not None:
        events = events.after(newest.created_at)
    saves = events.of_action(EventAction.SAVE, EventAction.RESTORE)
    return saves.exclude(actor=None)


def others_may_approve(document: Any) -> bool:
    """Whether at least two active people hold the right to approve."""
    return bool(_approvers(document).count() >= 2)


def _approvers(document: Any) -> Any:
    """Active people who hold the right to approve documents of this kind."""
    permission = permission_for("approve", document)
    app_label, codename = permission.split(".")
    holders = Permission.objects.filter(
        codename=codename, content_type__app_label=app_label
    )
    people = get_user_model().objects.filter(
        Q(is_superuser=True)
        | Q(user_permissions__in=holders)
        | Q(groups__permissions__in=holders),
        is_active=True,
    )
    return people.distinct()
