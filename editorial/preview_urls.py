"""The address of a preview link. It is public: the secret in it is the right."""

from django.urls import path

from editorial import preview_views

urlpatterns = [
    path("<str:secret>/", preview_views.shared_preview, name="shared_preview"),
    path("<str:secret>/opened/", preview_views.preview_opened, name="preview_opened"),
]
