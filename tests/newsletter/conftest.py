"""What tests of the newsletter share."""

import pytest

from tests.newsletter.smtp_server import Recorder, mail_server

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def recorder(settings):
    """A mail server that the site sends to."""
    recorder = Recorder()
    with mail_server(recorder) as port:
        settings.EMAIL_BACKEND = SMTP
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = port
        yield recorder
