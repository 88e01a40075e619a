"""Rows that are never deleted."""

from django.db import models

KEPT = "are never deleted: a document is withdrawn, and its history stays."


class KeptQuerySet(models.QuerySet):
    """Rows that are never deleted. No trigger bars it, so that tests can clean up."""

    def delete(self):
        raise PermissionError(f"{self.model._meta.verbose_name_plural} {KEPT}")


class Kept:
    """A model whose rows are never deleted."""

    def delete(self, *args, **kwargs):
        raise PermissionError(f"{self._meta.verbose_name_plural} {KEPT}")
