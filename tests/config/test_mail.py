"""EMAIL_URL: mail servers, providers, files, and clear words for anything else."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, get_connection
from django.test import override_settings

from config.mail import mail_settings

pytestmark = pytest.mark.static


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.example.org:25", 25, False, False),
        ("smtp+tls://user:pass%40word@mail.example.org:587", 587, True, False),
        ("smtp+ssl://user:pass%40word@mail.example.org:465", 465, False, True),
    ],
)
def test_a_mail_server(url, port, tls, ssl):
    found = mail_settings(url)

    assert found["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example.org", port)
    assert found.get("EMAIL_USE_TLS", False) is tls
    assert found.get("EMAIL_USE_SSL", False) is ssl
    if "@" in url:
        assert found["EMAIL_HOST_PASSWORD"] == "pass@word"


@pytest.mark.parametrize(
    ("url", "keys"),
    [
        ("anymail+postmark://a-token", {"POSTMARK_SERVER_TOKEN": "a-token"}),
        ("anymail+brevo://xkeysib-1@", {"BREVO_API_KEY": "xkeysib-1"}),
        ("anymail+mailersend://a-token", {"MAILERSEND_API_TOKEN": "a-token"}),
        ("anymail+mailtrap://a-token", {"MAILTRAP_API_TOKEN": "a-token"}),
        ("anymail+mandrill://a-key", {"MANDRILL_API_KEY": "a-key"}),
        ("anymail+resend://re_1@", {"RESEND_API_KEY": "re_1"}),
        (
            "anymail+postal://key@?api_url=https://postal.example.org",
            {"POSTAL_API_KEY": "key", "POSTAL_API_URL": "https://postal.example.org"},
        ),
        (
            "anymail+scaleway://key@?project_id=one",
            {"SCALEWAY_SECRET_KEY": "key", "SCALEWAY_PROJECT_ID": "one"},
        ),
        (
            "anymail+unisender-go://key@?api_url=https://go1.unisender.ru/ru",
            {"UNISENDER_GO_API_KEY": "key"},
        ),
        ("anymail+sparkpost://a-key", {"SPARKPOST_API_KEY": "a-key"}),
        (
            "anymail+mailjet://key:secret@",
            {"MAILJET_API_KEY": "key", "MAILJET_SECRET_KEY": "secret"},
        ),
        (
            "anymail+mailgun://key@?sender_domain=mg.example.org"
            "&api_url=https://api.eu.mailgun.net/v3",
            {
                "MAILGUN_API_KEY": "key",
                "MAILGUN_SENDER_DOMAIN": "mg.example.org",
                "MAILGUN_API_URL": "https://api.eu.mailgun.net/v3",
            },
        ),
    ],
)
def test_a_provider_is_set_up_and_builds_a_request(url, keys):
    found = mail_settings(url)

    assert keys.items() <= found["ANYMAIL"].items()
    with override_settings(**found):
        connection = get_connection()
        message = EmailMessage("S", "T", "a@example.org", ["b@example.org"])
        assert connection.build_message_payload(message, connection.send_defaults)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mail.example.org", "is no address"),
        ("imap://mail.example.org", "begins with imap://"),
        ("smtp://mail.example.org:port", "names a port"),
        ("smtp+tls://", "names no host"),
        ("anymail+pigeon://key", "'pigeon', which is not set up"),
        ("anymail+postmark://", "lacks POSTMARK_SERVER_TOKEN"),
        ("anymail+mailjet://key@", "lacks MAILJET_SECRET_KEY"),
        ("anymail+postal://key@", "lacks ?api_url="),
        ("anymail+scaleway://key@?region=fr-par", "lacks ?project_id="),
    ],
)
def test_anything_else_is_refused_with_a_sentence(url, words):
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL") as error:
        mail_settings(url)

    assert words in str(error.value)
    assert "key" not in str(error.value).partition("://")[0]
