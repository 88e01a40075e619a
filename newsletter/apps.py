"""App configuration."""

from django.apps import AppConfig


class NewsletterApp(AppConfig):
    name = "newsletter"
