"""App configuration."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db import connection
from django.db.models.signals import post_migrate

from editorial.registry import (
    register_desk_models,
    register_public_models,
    register_public_tables,
)
from editorial.roles import MODERATORS, PUBLISHERS, VIEW, WRITERS


class EditorialApp(AppConfig):
    name = "editorial"

    def ready(self):
        # Models may only be imported once every app is loaded.
        from editorial.consistency import registration as consistency
        from editorial.desk import boxes
        from editorial.groups import sync_groups
        from editorial.link_checks import findings as link_findings
        from editorial.reports import registration as reports
        from editorial.search import publications
        from editorial.search.storage import (
            SQLITE_TABLES,
            check_search_index,
            install_search_index,
        )
        from editorial.triggers import check_triggers, install_triggers

        post_migrate.connect(install_triggers, sender=self)
        post_migrate.connect(install_search_index, sender=self)
        post_migrate.connect(sync_groups, sender=self)
        register(check_triggers, Tags.database)
        register(check_search_index, Tags.database)
        handling = ("view", "handle")
        register_desk_models("editorial.Bundle")
        register_desk_models("editorial.BulkJob", rights={WRITERS: VIEW})
        register_desk_models(
            "editorial.Report", rights={PUBLISHERS: handling, MODERATORS: handling}
        )
        register_public_models(
            "editorial.Publication",
            "editorial.PublicationReference",
            "editorial.DocumentPath",
            "editorial.Recheck",
            "editorial.Verification",
            "editorial.Source",
            "editorial.Citation",
            "editorial.SearchEntry",
            "editorial.SearchWord",
        )
        if connection.vendor == "sqlite":
            register_public_tables(*SQLITE_TABLES)
        publications.register()
        consistency.register()
        link_findings.register()
        boxes.register()
        reports.register()
