"""The groups of the desk, and the sets of rights that they are given on a table.

A person may be in several groups: their rights add up. Imports nothing of ours, so that
every app may name a group when it registers a table.
"""

from collections.abc import Collection, Mapping

from django.apps import apps
from django.db.models import Model

WRITERS = "Writers"
REVIEWERS = "Reviewers"
PUBLISHERS = "Publishers"
FACT_EDITORS = "Fact editors"
MODERATORS = "Moderators"
ADMINISTRATORS = "Administrators"

ROLES = {
    WRITERS: "write, comment and send to review",
    REVIEWERS: "approve a text or ask for changes, and write",
    PUBLISHERS: "publish, schedule, withdraw and verify, and review",
    FACT_EDITORS: "correct and import facts",
    MODERATORS: "answer readers and outsiders",
    ADMINISTRATORS: "look after people, groups, sessions and the audit",
}
"""Each group with what it is for, in the order in which it is explained."""

BUILT_ON = {REVIEWERS: WRITERS, PUBLISHERS: REVIEWERS}
"""A group that may do everything another may."""

DOCUMENT_READERS = (WRITERS, FACT_EDITORS, MODERATORS)
"""Who sees drafts; reviewers and publishers are writers too."""

VIEW = ("view",)
EDIT = ("add", "change", "view")
KEEP = ("add", "change", "view", "delete")

_desk_models: dict[str, Mapping[str, Collection[str]]] = {}


def register_desk_models(
    *labels: str, rights: Mapping[str, Collection[str]] | None = None
) -> None:
    """Name further tables of the desk, as `app.Model`, and who may do what with them.

    `rights` maps a group to verbs of Django or of the model's own
    permissions: `{WRITERS: VIEW, MODERATORS: ("view", "change")}`. A group has what the
    one it is built on has. Without `rights` writers read and publishers edit.
    """
    granted = {WRITERS: VIEW, PUBLISHERS: KEEP} if rights is None else rights
    _desk_models.update(dict.fromkeys(labels, granted))


def desk_models() -> dict[type[Model], Mapping[str, Collection[str]]]:
    """Each further table with the verbs that each group is given on it."""
    return {
        apps.get_model(label): _desk_models[label] for label in sorted(_desk_models)
    }
