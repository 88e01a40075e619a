"""Who asked for the digest, what they agreed to, and who must never be written to."""

import datetime
import uuid
from collections.abc import Iterable
from typing import Self

from django.db import connection, models
from django.db.models import Count, Q
from django.utils import timezone


class SubscriberState(models.TextChoices):
    PENDING = "pending", "waiting for the confirmation"
    ACTIVE = "active", "subscribed"
    LEFT = "left", "has left"


class LeaveReason(models.TextChoices):
    TOO_MUCH = "too_much", "Too much mail"
    NOT_USEFUL = "not_useful", "Not what I hoped for"
    NOT_ASKED = "not_asked", "I never asked for it"
    OTHER = "other", "Something else"


class SubscriberQuerySet(models.QuerySet):
    def active(self) -> Self:
        return self.filter(state=SubscriberState.ACTIVE)

    def wanting_digest(self, today: datetime.date) -> Self:
        """Active, not paused on that day, and subscribed to the digest."""
        return self.awake(today).filter(wants_digest=True)

    def awake(self, today: datetime.date) -> Self:
        """Active, and not paused on that day."""
        over = Q(paused_until=None) | Q(paused_until__lte=today)
        return self.active().filter(over)

    def watching(self, targets: list[str], today: datetime.date) -> Self:
        """Active, not paused on that day, and watching one of these uids."""
        watches = Watch.objects.filter(target_uid__in=targets)
        return self.awake(today).filter(pk__in=watches.values("subscriber"))

    def overdue(self, moment: datetime.datetime) -> Self:
        """Never confirmed, and the time for that is over."""
        return self.filter(state=SubscriberState.PENDING, expires_at__lte=moment)

    def left_by(self, moment: datetime.datetime) -> Self:
        """Gone since `moment` or longer."""
        return self.filter(state=SubscriberState.LEFT, left_at__lte=moment)

    def with_watch_count(self) -> Self:
        return self.annotate(watch_count=Count("watches"))


class Subscriber(models.Model):
    """One address. Only `newsletter.subscriptions` and `newsletter.bounces` write it.

    `address` is what is written to, `address_key` the form in which two spellings of
    one address are equal. `expires_at` is set while a link that confirms is good for
    something: also of somebody who has left and asked again.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    address = models.CharField(max_length=320)
    address_key = models.CharField(max_length=320, unique=True)
    state = models.CharField(
        max_length=10, choices=SubscriberState, default=SubscriberState.PENDING
    )
    wants_digest = models.BooleanField(default=True)
    paused_until = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(
        null=True, help_text="While a confirmation is waited for."
    )
    confirmed_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    leave_reason = models.CharField(max_length=20, choices=LeaveReason, blank=True)
    leave_remark = models.CharField(max_length=500, blank=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        default_permissions = ["view"]
        permissions = [("erase_subscriber", "Can erase subscribers")]
        indexes = [
            models.Index(fields=["state", "wants_digest"], name="subscriber_by_state"),
            models.Index(fields=["expires_at"], name="subscriber_by_expiry"),
        ]

    def __str__(self):
        return self.address


class AddressRequestPurpose(models.TextChoices):
    SIGN_UP = "sign_up", "sign-up"
    DATA = "data", "what we keep"


class AddressRequestQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """The oldest first, locked; without those that another worker holds."""
        can_skip = connection.features.has_select_for_update_skip_locked
        return self.order_by("pk").select_for_update(skip_locked=can_skip)


class AddressRequest(models.Model):
    """An address that somebody typed into a form. Only `newsletter.asking` writes it.

    The request that brought it does nothing else, whoever the address belongs to: a
    worker decides what comes of it, and deletes the row.
    """

    purpose = models.CharField(max_length=10, choices=AddressRequestPurpose)
    address = models.CharField(max_length=320)
    address_key = models.CharField(max_length=320)
    wants_digest = models.BooleanField(default=True)
    watch = models.CharField(
        max_length=60, blank=True, help_text="What to watch: its type, a colon, its uid"
    )
    consent_version = models.CharField(max_length=20, blank=True)
    client_hash = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)

    objects = AddressRequestQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.get_purpose_display()} of {self.asked_at:%Y-%m-%d %H:%M}"


class Watch(models.Model):
    """A fact or a comparison of whose changes a subscriber wants to hear at once."""

    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="watches"
    )
    type = models.CharField(
        max_length=20, help_text="engine, hardware, model or comparison"
    )
    target_uid = models.UUIDField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "type", "target_uid"], name="watched_once"
            ),
        ]
        indexes = [models.Index(fields=["target_uid"], name="watch_by_target")]

    def __str__(self):
        return self.key

    @property
    def key(self) -> str:
        return f"{self.type}:{self.target_uid.hex}"


class Consent(models.Model):
    """What somebody agreed to, in the words they read, and when."""

    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="consents"
    )
    step = models.CharField(max_length=10, help_text="asked or confirmed")
    version = models.CharField(max_length=20)
    text = models.TextField()
    given_at = models.DateTimeField(default=timezone.now)
    client_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["given_at", "pk"]

    def __str__(self):
        return f"{self.step}, version {self.version}"


class SuppressionQuerySet(models.QuerySet):
    def of(self, hashes: Iterable[str]) -> Self:
        return self.filter(address_hash__in=list(hashes))

    def barring(self) -> Self:
        """Those whose addresses get nothing; who was erased may sign up again."""
        return self.exclude(reason=SuppressionReason.ERASED)


class SuppressionReason(models.TextChoices):
    ERASED = "erased", "erased at their wish"
    HARD_BOUNCE = "hard_bounce", "the address does not exist"
    SOFT_BOUNCES = "soft_bounces", "three failures in 30 days"
    COMPLAINT = "complaint", "marked as unwanted"


class Suppression(models.Model):
    """An address that must not be written to, as a keyed hash: it names nobody.

    Somebody who erased themselves may sign up again; an address that bounced or
    complained is refused silently.
    """

    address_hash = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=20, choices=SuppressionReason)
    since = models.DateTimeField(default=timezone.now)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        default_permissions = ["view"]

    def __str__(self):
        return f"{self.address_hash[:12]}…: {self.get_reason_display()}"
