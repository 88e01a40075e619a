"""Erase readers' mail addresses that are not needed any more."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from editorial.anonymous_forms import forget_attempts
from editorial.reports.answering import forget_addresses
from newsletter.subscriptions import erase_left, erase_unconfirmed


class Command(BaseCommand):
    help = (
        "Erase the mail addresses of readers who were answered 30 days ago, sign-ups "
        "that were not confirmed within 7 days, subscribers who left 180 days ago, and "
        "old counters of forms. May run at any time, several at once too."
    )

    def handle(self, **options):
        now = timezone.now()
        self.stdout.write(f"{forget_addresses(now)} addresses erased")
        self.stdout.write(f"{erase_unconfirmed(now)} unconfirmed sign-ups erased")
        self.stdout.write(f"{erase_left(now)} subscribers who left erased")
        self.stdout.write(f"{forget_attempts(now)} old counters deleted")
