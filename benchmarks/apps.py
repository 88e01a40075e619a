"""App configuration."""

from django.apps import AppConfig


class BenchmarksApp(AppConfig):
    name = "benchmarks"

    def ready(self):
        # Models may only be imported once every app is loaded.
        from benchmarks import claims, consistency
        from benchmarks.registration import register

        register()
        consistency.register()
        claims.register()
