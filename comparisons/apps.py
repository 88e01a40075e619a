"""App configuration."""

from django.apps import AppConfig


class ComparisonsApp(AppConfig):
    name = "comparisons"

    def ready(self):
        # Models may only be imported once every app is loaded.
        from comparisons import claims, consistency, uses
        from comparisons.registration import register

        register()
        consistency.register()
        uses.register()
        claims.register()
