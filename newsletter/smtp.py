"""Django's SMTP backend, with a note of whether a message's text had begun to go out.

A connection that is lost before that can simply be tried again. Lost afterwards, only
the other side knows whether it has the message.
"""

import smtplib
from typing import Any

from django.core.mail.backends.smtp import EmailBackend


class _Noting:
    """Before a class of `smtplib`."""

    has_begun_text = False

    def mail(self, *args: Any, **options: Any) -> Any:
        self.has_begun_text = False
        return super().mail(*args, **options)  # type: ignore[misc]

    def data(self, msg: Any) -> Any:
        self.has_begun_text = True
        return super().data(msg)  # type: ignore[misc]


class NotingSMTP(_Noting, smtplib.SMTP):
    pass


class NotingSMTPOverTLS(_Noting, smtplib.SMTP_SSL):
    pass


class NotingBackend(EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return NotingSMTPOverTLS if self.use_ssl else NotingSMTP

    @property
    def has_begun_text(self) -> bool:
        """Whether the text of the last message had begun to go out."""
        return bool(self.connection and self.connection.has_begun_text)
