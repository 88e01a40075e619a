"""App configuration."""

from django.apps import AppConfig


class ConfigApp(AppConfig):
    name = "config"
    verbose_name = "Site"

    def ready(self):
        # Models may only be imported once every app is loaded.
        from config.registration import register

        register()
