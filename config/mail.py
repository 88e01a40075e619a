"""`EMAIL_URL` as Django's settings: a mail server, a provider, or files."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BY_PROVIDER: Mapping[str, tuple[str, str, str]] = {
    # scheme after "anymail+": the name of Anymail's backend, and the settings that the
    # user and the password of the address become
    "brevo": ("brevo", "BREVO_API_KEY", ""),
    "mailersend": ("mailersend", "MAILERSEND_API_TOKEN", ""),
    "mailgun": ("mailgun", "MAILGUN_API_KEY", ""),
    "mailjet": ("mailjet", "MAILJET_API_KEY", "MAILJET_SECRET_KEY"),
    "mailtrap": ("mailtrap", "MAILTRAP_API_TOKEN", ""),
    "mandrill": ("mandrill", "MANDRILL_API_KEY", ""),
    "postal": ("postal", "POSTAL_API_KEY", ""),
    "postmark": ("postmark", "POSTMARK_SERVER_TOKEN", ""),
    "resend": ("resend", "RESEND_API_KEY", ""),
    "scaleway": ("scaleway", "SCALEWAY_SECRET_KEY", ""),
    "sparkpost": ("sparkpost", "SPARKPOST_API_KEY", ""),
    "unisender-go": ("unisender_go", "UNISENDER_GO_API_KEY", ""),
}
ALSO_NEEDED = {
    "postal": "api_url",
    "scaleway": "project_id",
    "unisender-go": "api_url",
}
"""What stands behind the question mark of an address that is of no use without it."""

CAN_TRACK = {
    *("mailersend", "mailgun", "mailjet", "mandrill", "postmark", "sparkpost"),
    "unisender-go",
}
"""Those that can be told with each mail to leave links and pictures alone."""

PREFIX = "anymail+"
FORMS = (
    "smtp://, smtp+tls:// or smtp+ssl://user:password@host:port, filemail:////folder, "
    + " or ".join(f"{PREFIX}{name}://" for name in BY_PROVIDER)
)


def mail_settings(url: str) -> dict[str, object]:
    """Settings of Django and Anymail. Raises ImproperlyConfigured with a sentence."""
    scheme, separator, _ = url.partition("://")
    if not separator:
        raise ImproperlyConfigured(f"EMAIL_URL is no address. It begins with {FORMS}.")
    if scheme.startswith(PREFIX):
        return _of_provider(scheme.removeprefix(PREFIX), url)
    try:
        settings = environ.Env.email_url_config(url)
    except (ImproperlyConfigured, ValueError):
        raise ImproperlyConfigured(
            f"EMAIL_URL begins with {scheme}://, or names a port, that mail cannot be "
            f"sent with. It begins with {FORMS}."
        ) from None
    if scheme.startswith("smtp") and not settings["EMAIL_HOST"]:
        raise ImproperlyConfigured(f"EMAIL_URL names no host after {scheme}://.")
    return settings | {"ANYMAIL": {}}


def _of_provider(name: str, url: str) -> dict[str, object]:
    """anymail+mailgun://KEY@?sender_domain=mg.example.org&api_url=https://…"""
    if name not in BY_PROVIDER:
        raise ImproperlyConfigured(
            f"EMAIL_URL names the provider {name!r}, which is not set up here. Known: "
            f"{', '.join(BY_PROVIDER)}. Every provider also takes mail by smtp+tls://."
        )
    backend, user_setting, password_setting = BY_PROVIDER[name]
    parts = urlsplit(url)
    user, _, host = parts.netloc.rpartition("@")
    user, _, password = (user or host).partition(":")
    options: dict[str, object] = {
        f"{backend}_{key}".upper(): value for key, value in parse_qsl(parts.query)
    }
    keys = {user_setting: unquote(user)}
    if password_setting:
        keys[password_setting] = unquote(password)
    if missing := [setting for setting, value in keys.items() if not value]:
        raise ImproperlyConfigured(
            f"EMAIL_URL lacks {' and '.join(missing)}: {PREFIX}{name}://"
            + ("KEY:SECRET@" if password_setting else "KEY@")
        )
    more = ALSO_NEEDED.get(name, "")
    if more and not options.get(f"{backend}_{more}".upper()):
        raise ImproperlyConfigured(f"EMAIL_URL lacks ?{more}=…, which {name} needs.")
    if name in CAN_TRACK:
        untracked = {"track_opens": False, "track_clicks": False}
        options[f"{backend}_send_defaults".upper()] = untracked
    return {
        "EMAIL_BACKEND": f"anymail.backends.{backend}.EmailBackend",
        "ANYMAIL": keys | options,
    }
