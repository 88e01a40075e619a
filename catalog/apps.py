"""App configuration."""

from django.apps import AppConfig


class CatalogApp(AppConfig):
    name = "catalog"
    verbose_name = "Catalogue"

    def ready(self):
        # Models may only be imported once every app is loaded.
        from catalog import claims, consistency, freshness, uses
        from catalog.exchange.field_tables import register_field_tables
        from catalog.exchange.tables import register_catalog_tables
        from catalog.registration import register

        register()
        register_catalog_tables()
        register_field_tables()
        consistency.register()
        uses.register()
        freshness.register()
        claims.register()
