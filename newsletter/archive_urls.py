"""Addresses of the public archive, below `newsletter/`."""

from django.urls import path, re_path

from newsletter.digest import archive

SLUG = r"(?P<slug>[a-zA-Z0-9_-]+)"

urlpatterns = [
    path("archive/", archive.digest_list, name="digest_list"),
    path("archive.atom", archive.DigestFeed(), name="digest_feed"),
    re_path(rf"^archive/{SLUG}/$", archive.digest_detail, name="digest_detail"),
    re_path(
        rf"^archive/{SLUG}/history/$", archive.digest_history, name="digest_history"
    ),
]
