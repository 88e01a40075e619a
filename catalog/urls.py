"""Addresses of the facts' pages."""

from django.urls import path

from catalog import views

app_name = "catalog"

urlpatterns = [
    path("tools/<str:slug>/", views.engine_detail, name="engine_detail"),
    path("hardware/<str:slug>/", views.hardware_detail, name="hardware_detail"),
    path("models/<str:slug>/", views.ai_model_detail, name="ai_model_detail"),
]
