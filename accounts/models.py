"""Where people are signed in."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.browsers import describe_browser


class SignInQuerySet(models.QuerySet):
    def of(self, person: Any) -> Self:
        return self.filter(user=person)

    def open(self, moment: datetime.datetime | None = None) -> Self:
        """Those whose session has not ended, the last used first."""
        lasting = Session.objects.filter(expire_date__gt=moment or timezone.now())
        return self.filter(Exists(lasting.filter(pk=OuterRef("session_key")))).order_by(
            "-seen_at", "-pk"
        )

    def ended(self) -> Self:
        kept = Session.objects.filter(pk=OuterRef("session_key"))
        return self.filter(~Exists(kept))


class SignIn(models.Model):
    """One browser in which a person is signed in."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    session_key = models.CharField(max_length=40, unique=True)
    user_agent = models.CharField(max_length=300, blank=True)
    address = models.GenericIPAddressField(null=True)
    began_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(
        default=timezone.now, help_text="To five minutes: not each page is noted."
    )

    objects = SignInQuerySet.as_manager()

    class Meta:
        verbose_name = "session"
        ordering = ["-seen_at"]

    def __str__(self):
        return f"{self.user}, {self.browser}"

    @property
    def browser(self) -> str:
        return describe_browser(self.user_agent)
