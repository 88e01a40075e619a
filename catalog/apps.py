"""App configuration."""

from django.apps import AppConfig


class CatalogApp(AppConfig):
    name = "catalog"
    verbose_name = "Catalogue"

    def ready(self):
        # Models may only be imported once every app is loaded.
        from catalog import claims, consistency
        from catalog.registration import register

        register()
        consistency.register()
        claims.register()
