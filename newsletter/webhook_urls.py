"""The address at which mail providers report, one below it for each."""

from django.urls import path

from newsletter.webhook import mail_events

urlpatterns = [
    path("mail/events/<slug:provider>/", mail_events, name="mail_events"),
]
