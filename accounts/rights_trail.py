"""What changed in the rights of a person or a group, in words for the trail."""

from typing import Any

from django.contrib.auth.models import Group, Permission, User

from editorial.audit import record
from editorial.models import EventAction

FLAGS = {
    "is_active": "active",
    "is_staff": "staff status",
    "is_superuser": "superuser status",
}


def rights_of(subject: Any) -> set[str]:
    """Everything that gives rights, as words. Empty for what is not saved yet."""
    if subject.pk is None:
        return set()
    if isinstance(subject, Group):
        return {f"may {name}" for name in _names(subject.permissions)}
    stored = User.objects.filter(pk=subject.pk).first()
    if stored is None:
        return set()
    rights = {word for flag, word in FLAGS.items() if getattr(stored, flag)}
    rights |= {f"group {group.name}" for group in stored.groups.all()}
    return rights | {f"may {name}" for name in _names(stored.user_permissions)}


def _names(permissions: Any) -> list[str]:
    rows: Any = Permission.objects.filter(pk__in=permissions.values("pk"))
    return [
        f"{label}.{codename}"
        for label, codename in rows.values_list("content_type__app_label", "codename")
    ]


def record_rights(subject: Any, before: set[str], *, by: Any) -> None:
    """Write down what was given and what was taken, if anything was."""
    after = rights_of(subject)
    given, taken = sorted(after - before), sorted(before - after)
    words = [
        *([f"Given: {', '.join(given)}."] if given else []),
        *([f"Taken: {', '.join(taken)}."] if taken else []),
    ]
    if words:
        note = " ".join(words)
        shown = note if len(note) <= 300 else f"{note[:297]}…"
        record(EventAction.RIGHTS, subject=_called(subject), by=by, note=shown)


def record_deletion(subject: Any, *, by: Any) -> None:
    note = "Deleted, with every right it had."
    record(EventAction.RIGHTS, subject=_called(subject), by=by, note=note)


def _called(subject: Any) -> str:
    return f"Group {subject}" if isinstance(subject, Group) else str(subject)
