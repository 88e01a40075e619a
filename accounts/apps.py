"""App configuration."""

from django.apps import AppConfig

from editorial.registry import register_desk_models
from editorial.roles import ADMINISTRATORS


class AccountsApp(AppConfig):
    name = "accounts"

    def ready(self):
        # Models may only be imported once every app is loaded.
        from accounts import receivers

        receivers.connect()
        register_desk_models(
            "accounts.SignIn",
            "axes.AccessAttempt",
            "otp_totp.TOTPDevice",
            rights={ADMINISTRATORS: ("view", "delete")},
        )
