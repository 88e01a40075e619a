"""People to try the desk with: one for each of its groups, named after it."""

import secrets

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError

from editorial.roles import ROLES

ACCOUNTS = {group.lower().removesuffix("s").replace(" ", "-"): group for group in ROLES}


class Command(BaseCommand):
    help = "Create the demo accounts; their passwords are random and shown once."

    def add_arguments(self, parser):
        parser.add_argument(
            "--reset", action="store_true", help="Give every account a new password."
        )

    def handle(self, reset, **options):
        if not settings.DEVELOPMENT:
            raise CommandError("Demo accounts are for one's own machine only.")
        for name, group in ACCOUNTS.items():
            person, is_new = User.objects.get_or_create(
                username=name, defaults={"is_staff": True}
            )
            person.groups.add(Group.objects.get(name=group))
            if is_new or reset:
                password = secrets.token_urlsafe(12)
                person.set_password(password)
                person.save()
                self.stdout.write(f"  {name:<14} {password}   {ROLES[group]}")
            else:
                self.stdout.write(f"  {name} exists; --reset gives a new password")
