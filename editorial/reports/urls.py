"""Addresses of the form for readers and of the log of corrections."""

from django.urls import path

from editorial.reports import views
from editorial.reports.feeds import CorrectionFeed

urlpatterns = [
    path("report/", views.report, name="report"),
    path("report/thanks/", views.report_thanks, name="report_thanks"),
    path("corrections/", views.corrections, name="corrections"),
    path("corrections.atom", CorrectionFeed(), name="corrections_feed"),
]
