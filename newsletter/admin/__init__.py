"""The digest in the admin; Django looks here for it."""

from newsletter.admin import digest as digest
from newsletter.admin.subscribers import SubscriberAdmin as SubscriberAdmin
