"""The desk's groups, kept in step with the documents, facts and tables that exist."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission, User
from django.db import DEFAULT_DB_ALIAS

from editorial.registry import desk_models, document_kinds, fact_types
from editorial.rights import OWN_PERMISSIONS
from editorial.roles import (
    ADMINISTRATORS,
    BUILT_ON,
    DOCUMENT_READERS,
    EDIT,
    FACT_EDITORS,
    KEEP,
    MODERATORS,
    PUBLISHERS,
    REVIEWERS,
    ROLES,
    VIEW,
    WRITERS,
)

Rights = set[tuple[str, str]]


def _codenames(models: Iterable[Any], verbs: Iterable[str]) -> Rights:
    verbs = tuple(verbs)
    return {
        (model._meta.app_label, f"{verb}_{model._meta.model_name}")
        for model in models
        for verb in verbs
    }


def _fact_models() -> list[Any]:
    labels = {fact_type.model.split(".")[0] for fact_type in fact_types().values()}
    return [
        model
        for label in labels
        for model in apps.get_app_config(label).get_models()
        if not model.__name__.startswith("Historical")
    ]


def _models(app_label: str, *names: str) -> list[Any]:
    return [apps.get_model(app_label, name) for name in names]


def group_permissions() -> dict[str, Rights]:
    """What each group may do, as (app, codename) pairs."""
    documents = [kind.model for kind in document_kinds()]
    children = [
        relation.related_model
        for model in documents
        for relation in model._meta.related_objects
        if relation.related_model._meta.app_label == model._meta.app_label
    ]
    sources = _models("editorial", "Source", "Citation")
    trail = _models("editorial", "Publication", "Recheck", "Verification", "Comment")
    events = _models("editorial", "EditorialEvent")
    texts = [*documents, *children]

    granted: dict[str, Rights] = {name: set() for name in ROLES}
    for name in DOCUMENT_READERS:
        granted[name] |= _codenames([*texts, *sources, *trail, *_fact_models()], VIEW)
    granted[WRITERS] |= _codenames(documents, ("add", "change", "submit", "comment"))
    granted[WRITERS] |= _codenames(children, KEEP) | _codenames(sources, EDIT)
    granted[REVIEWERS] |= _codenames(documents, ("approve",))
    granted[PUBLISHERS] |= _codenames(documents, OWN_PERMISSIONS)
    granted[PUBLISHERS] |= _codenames(events, VIEW)
    granted[FACT_EDITORS] |= _codenames([*_fact_models(), *sources], EDIT)
    for name in (PUBLISHERS, FACT_EDITORS):
        granted[name] |= _codenames(sources[:1], ("merge",))
    granted[MODERATORS] |= _codenames(documents, ("comment",))
    granted[ADMINISTRATORS] |= _codenames([User, Group], KEEP)
    granted[ADMINISTRATORS] |= _codenames(events, ("view", "audit"))
    for model, rights in desk_models().items():
        for name, verbs in rights.items():
            granted[name] |= _codenames([model], verbs)
    for name, base in BUILT_ON.items():  # the base of each comes before it
        granted[name] |= granted[base]
    return granted


def sync_groups(using=DEFAULT_DB_ALIAS, **kwargs) -> None:
    """Create every group with its rights; runs after each migration.

    Only adds: rights that an administrator gave a group by hand stay.
    """
    for label in {model._meta.app_label for model in apps.get_models()}:
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    rows = Permission.objects.using(using).select_related("content_type")
    by_name = {(row.content_type.app_label, row.codename): row for row in rows}
    for name, wanted in group_permissions().items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(*(by_name[key] for key in wanted if key in by_name))
