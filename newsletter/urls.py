"""Every public address of the newsletter."""

from django.urls import include, path

urlpatterns = [
    path("", include("newsletter.archive_urls")),
]
