"""The digest in the admin; Django looks here for it."""

from newsletter.admin import digest as digest
from newsletter.admin.letters import LetterAdmin  # noqa: F401 - registers itself
from newsletter.admin.mailings import MailingAdmin  # noqa: F401 - registers itself
from newsletter.admin.subscribers import SubscriberAdmin as SubscriberAdmin
