"""App configuration."""

from django.apps import AppConfig


class NewsletterApp(AppConfig):
    name = "newsletter"

    def ready(self):
        # Models may only be imported once every app is loaded.
        from newsletter.registration import register

        register()
