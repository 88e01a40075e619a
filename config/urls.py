"""Every address of the site, app by app."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from config import views
from config.feeds import PublicationFeed
from editorial.desk.front_page import front_page

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
    path("feed.atom", PublicationFeed(), name="feed"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("healthz", views.healthz, name="healthz"),
    path("search/", include("editorial.search.urls")),
    path(settings.ADMIN_PATH, admin.site.admin_view(front_page)),
    path(settings.ADMIN_PATH, admin.site.urls),
    path("", include("calculators.urls")),
    path("", include("comparisons.urls")),
    path("", include("benchmarks.urls")),
    path("", include("catalog.urls")),
]
