"""Addresses below /newsletter/."""

from django.urls import include, path

app_name = "newsletter"
urlpatterns = [
    path("", include("newsletter.archive_urls")),
    path("", include("newsletter.subscription_urls")),
]
