"""How often a form without accounts was sent: counted, never who sent it."""

from django.db import models


class AttemptCount(models.Model):
    """A number of attempts in one window of time.

    `key` is a keyed hash of the sender's address, or empty for all senders together.
    A counter that is lost or kept too long harms nobody, so a sweep deletes old ones.
    """

    purpose = models.CharField(max_length=40)
    key = models.CharField(max_length=64, blank=True)
    began_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=1)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "key", "began_at"], name="one_counter_per_window"
            ),
        ]

    def __str__(self):
        return f"{self.purpose}: {self.count} since {self.began_at:%Y-%m-%d %H:%M}"
