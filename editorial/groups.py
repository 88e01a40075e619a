"""The desk's groups, kept in step with the documents and facts that exist."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import DEFAULT_DB_ALIAS

from editorial.registry import desk_models, document_kinds, fact_types
from editorial.rights import OWN_PERMISSIONS

WRITERS = "Writers"
PUBLISHERS = "Publishers"


def _codenames(models, verbs):
    return {
        (model._meta.app_label, f"{verb}_{model._meta.model_name}")
        for model in models
        for verb in verbs
    }


def _fact_models():
    labels = {fact_type.model.split(".")[0] for fact_type in fact_types().values()}
    return [
        model
        for label in labels
        for model in apps.get_app_config(label).get_models()
        if not model.__name__.startswith("Historical")
    ]


def group_permissions() -> dict[str, set[tuple[str, str]]]:
    """What each group may do, as (app, codename) pairs."""
    documents = [kind.model for kind in document_kinds()]
    children = [
        relation.related_model
        for model in documents
        for relation in model._meta.related_objects
        if relation.related_model._meta.app_label == model._meta.app_label
    ]
    source = [apps.get_model("editorial.Source"), apps.get_model("editorial.Citation")]
    trail = [
        apps.get_model(f"editorial.{name}")
        for name in ("Publication", "EditorialEvent", "Recheck", "Verification")
    ]
    reports = [apps.get_model("editorial.Report")]
    writing = (
        _codenames(trail, ("view",))
        | _codenames(documents, ("add", "change", "view", "submit"))
        | _codenames(children, ("add", "change", "view", "delete"))
        | _codenames(source, ("add", "change", "view"))
        | _codenames([*_fact_models(), *desk_models()], ("view",))
    )
    publishing = (
        writing
        | _codenames(documents, OWN_PERMISSIONS)
        | _codenames(_fact_models(), ("add", "change", "view"))
        | _codenames(desk_models(), ("add", "change", "view", "delete"))
        | _codenames(reports, ("view", "handle"))
    )
    return {WRITERS: writing, PUBLISHERS: publishing}


def sync_groups(using=DEFAULT_DB_ALIAS, **kwargs) -> None:
    """Create both groups with their rights; runs after each migration.

    Only adds: rights that an administrator gave a group by hand stay.
    """
    for label in {model._meta.app_label for model in apps.get_models()}:
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    rows = Permission.objects.using(using).select_related("content_type")
    by_name = {(row.content_type.app_label, row.codename): row for row in rows}
    for name, wanted in group_permissions().items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(*(by_name[key] for key in wanted if key in by_name))
