"""Every address of the site, app by app."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from accounts.views.passwords import password_change
from config import views
from config.feeds import PublicationFeed
from editorial.desk.front_page import front_page
from editorial.desk.mute import mute_comments

handler404 = "config.views.not_found"
handler500 = "config.views.server_error"

urlpatterns = [
    path("", views.home, name="home"),
    path("methodology/", views.methodology, name="methodology"),
    path(
        "methodology/confidence/",
        views.methodology_confidence,
        name="methodology_confidence",
    ),
    path("privacy/", views.privacy, name="privacy"),
    path("feed.atom", PublicationFeed(), name="feed"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("healthz", views.healthz, name="healthz"),
    path("mail/mute/<str:token>/", mute_comments, name="mute_comments"),
    path("", include("newsletter.webhook_urls")),
    path("search/", include("editorial.search.urls")),
    path("preview/", include("editorial.preview_urls")),
    path("", include("editorial.reports.urls")),
    path(settings.ADMIN_PATH, admin.site.admin_view(front_page)),
    path(
        f"{settings.ADMIN_PATH}password_change/",
        admin.site.admin_view(password_change, cacheable=True),
    ),
    path(f"{settings.ADMIN_PATH}account/", include("accounts.urls")),
    path(settings.ADMIN_PATH, admin.site.urls),
    path("newsletter/", include("newsletter.urls")),
    path("", include("calculators.urls")),
    path("", include("comparisons.urls")),
    path("", include("benchmarks.urls")),
    path("", include("catalog.urls")),
]
