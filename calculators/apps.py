"""App configuration."""

from django.apps import AppConfig


class CalculatorsConfig(AppConfig):
    name = "calculators"

    def ready(self) -> None:
        # Models may only be imported once every app is loaded.
        from calculators.registration import register

        register()
