"""A file that somebody sent to the admin, kept between its dry run and its import."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class FactUpload(models.Model):
    """`text` is the table as CSV in the columns of its file, whatever was sent."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    model = models.CharField(max_length=60)
    file_name = models.CharField(max_length=200)
    digest = models.CharField("SHA-256 of what was sent", max_length=64)
    text = models.TextField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)
    imported_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.file_name
