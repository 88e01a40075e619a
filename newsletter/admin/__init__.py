"""The digest in the admin; Django looks here for it."""

from newsletter.admin.subscribers import SubscriberAdmin as SubscriberAdmin
