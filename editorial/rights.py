"""One answer to "may this person do this to that document"."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q

from editorial.models import EditorialEvent, EventAction, Publication

VERBS = {
    "view": "view",
    "preview": "view",
    "diff": "view",
    "create": "add",
    "copy": "add",
    "edit": "change",
    "change_sides": "change",
    "restore": "change",
    "submit": "submit",
    "approve": "approve",
    "request_changes": "approve",
    "publish": "publish",
    "schedule": "schedule",
    "cancel": "schedule",
    "withdraw": "withdraw",
    "verify": "verify",
    "take": "handle",
    "accept": "handle",
    "fix": "handle",
    "refuse": "handle",
    "mark_duplicate": "handle",
    "mark_spam": "handle",
}
"""Verb to permission of the document's model."""

OWN_PERMISSIONS = ("submit", "approve", "publish", "schedule", "withdraw", "verify")


def document_permissions(model_name: str, plural: str) -> list[tuple[str, str]]:
    """The permissions a document model declares beside Django's four."""
    return [
        (f"{verb}_{model_name}", f"Can {verb} {plural}") for verb in OWN_PERMISSIONS
    ]


def permission_for(verb: str, document: Any) -> str:
    """The permission that `verb` asks for, as `app.verb_model`."""
    options = document._meta
    return f"{options.app_label}.{VERBS[verb]}_{options.model_name}"


def can(user: Any, verb: str, document: Any) -> bool:
    return objection(user, verb, document) is None


def objection(user: Any, verb: str, document: Any) -> str | None:
    """Why `user` may not do `verb` to `document`, as a sentence; None when they may.

    Raises KeyError for a verb that nobody decided on.
    """
    permission = permission_for(verb, document)
    if not user.has_perm(permission):
        return f"Your account may not {verb.replace('_', ' ')} this document."
    if verb == "approve" and wrote(user, document) and others_may_approve(document):
        return "You wrote this text: somebody else has to approve it."
    return None


def wrote(user: Any, document: Any) -> bool:
    """Whether `user` saved the working copy since it was last published."""
    events = EditorialEvent.objects.of_document(document.uid)
    newest = Publication.objects.of_document(document.uid).order_by("-version").first()
    if newest is not None:
        events = events.after(newest.created_at)
    saves = events.of_action(EventAction.SAVE, EventAction.RESTORE)
    return bool(saves.filter(actor=user).exists())


def others_may_approve(document: Any) -> bool:
    """Whether at least two active people hold the right to approve."""
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
    return people.distinct().count() >= 2
