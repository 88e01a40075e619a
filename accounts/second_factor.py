"""The second factor: a code from an app, and recovery codes for the day it is lost."""

import base64
import time
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core import signing
from django.db import transaction
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice, default_key

from editorial.audit import record
from editorial.models import EventAction
from editorial.registry import document_kinds
from editorial.rights import can

CODE_DIGITS = 6
RECOVERY_CODES = 10
RECOVERY_NAME = "Recovery codes"
SECRET_LASTS_SECONDS = 1800
_SALT = "second factor"


class WrongCodeError(Exception):
    """The code does not fit; the sentence says what to do."""


def must_enrol(person: Any) -> bool:
    """Whether the rights of `person` are worth a second factor."""
    if not settings.REQUIRE_SECOND_FACTOR:
        return False
    return any(can(person, "publish", kind.model) for kind in document_kinds()) or any(
        can(person, verb, model)
        for model in (User, Group)
        for verb in ("create", "edit")
    )


def apps_of(person: Any) -> Any:
    """The devices that give codes, not the recovery codes."""
    return TOTPDevice.objects.devices_for_user(person, confirmed=True).order_by("pk")


def has_second_factor(person: Any) -> bool:
    return bool(apps_of(person).exists())


def recovery_codes_left(person: Any) -> int:
    return int(StaticToken.objects.filter(device__user=person).count())


def new_secret(person: Any) -> str:
    """A secret that nothing keeps but the form that shows it."""
    return signing.dumps([person.pk, default_key()], salt=_SALT)


def unsaved_app(person: Any, signed_secret: str) -> TOTPDevice:
    """The device that `signed_secret` would become. Raises WrongCodeError."""
    try:
        pk, key = signing.loads(signed_secret, salt=_SALT, max_age=SECRET_LASTS_SECONDS)
    except signing.BadSignature:
        pk, key = None, ""
    if pk != person.pk or TOTPDevice.objects.filter(key=key).exists():
        raise WrongCodeError("This page is too old. Open it again and scan once more.")
    return TOTPDevice(user=person, key=key)


def typed_secret(device: TOTPDevice) -> str:
    """The secret as one types it, in groups of four."""
    text = base64.b32encode(device.bin_key).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


@transaction.atomic
def enrol(person: Any, *, signed_secret: str, code: str, name: str) -> list[str]:
    """Confirm the app by its first code. Answers the recovery codes if they are new.

    Raises WrongCodeError.
    """
    device = unsaved_app(person, signed_secret)
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = time.time()
    if not code.isdecimal() or not totp.verify(int(code), device.tolerance):
        raise WrongCodeError(
            "That code does not fit. Check that the phone's clock is right, and type "
            "the code that it shows now."
        )
    is_first = not has_second_factor(person)
    device.name, device.last_t, device.drift = name[:64], totp.t(), totp.drift
    device.save()
    record(EventAction.DEVICE_ENROL, subject=str(person), by=person, note=device.name)
    return _replace_codes(person) if is_first else []


def _replace_codes(person: Any) -> list[str]:
    device, _ = StaticDevice.objects.get_or_create(user=person, name=RECOVERY_NAME)
    device.token_set.all().delete()
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(
        StaticToken(device=device, token=code) for code in codes
    )
    return [f"{code[:4]}-{code[4:]}".upper() for code in codes]


@transaction.atomic
def renew_recovery_codes(person: Any, *, by: Any) -> list[str]:
    """New codes; the old ones stop working."""
    codes = _replace_codes(person)
    record(EventAction.RECOVERY_NEW, subject=str(person), by=by)
    return codes


def check_code(person: Any, typed: str) -> Any:
    """The device whose code this is. Raises WrongCodeError.

    The database keeps what a wrong code costs, so nothing is rolled back here.
    """
    code = "".join(typed.split()).replace("-", "").lower()
    with transaction.atomic():
        device = _matching_device(person, code)
        if isinstance(device, StaticDevice):
            left = recovery_codes_left(person)
            note = f"{left} left"
            record(EventAction.RECOVERY_USE, subject=str(person), by=person, note=note)
        elif device is None:
            record(EventAction.CODE_FAILED, subject=str(person), by=person)
    if device is None:
        raise WrongCodeError("That code does not fit. Type the one the app shows now.")
    return device


def _matching_device(person: Any, code: str) -> Any:
    """Raises WrongCodeError while the wait after earlier wrong codes lasts."""
    is_from_app = code.isdecimal() and len(code) == CODE_DIGITS
    model = TOTPDevice if is_from_app else StaticDevice
    rows = model.objects.devices_for_user(person, confirmed=True)
    devices = list(rows.select_for_update().order_by("pk"))
    waiting = [_closed_until(device) for device in devices]
    asked = [row for row, until in zip(devices, waiting, strict=True) if until is None]
    if devices and not asked:
        seconds = max(1, round((min(waiting) - timezone.now()).total_seconds()))
        raise WrongCodeError(
            f"Too many wrong codes. Wait {seconds} second{'s' * (seconds != 1)}, then "
            "try again."
        )
    # A code of the tablet must not count as a wrong one of the phone.
    asked = [device for device in asked if _fits(device, code)] or asked
    return next((device for device in asked if device.verify_token(code)), None)


def _fits(device: Any, code: str) -> bool:
    if isinstance(device, StaticDevice):
        return True
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time()
    return bool(totp.verify(int(code), device.tolerance, device.last_t + 1))


def _closed_until(device: Any) -> Any:
    is_open, why = device.verify_is_allowed()
    return None if is_open else why["locked_until"]


@transaction.atomic
def remove_app(device: TOTPDevice, *, by: Any, note: str = "") -> None:
    """Take one app away; with the last one go the recovery codes."""
    person, name = device.user, device.name
    device.delete()
    if not has_second_factor(person):
        StaticDevice.objects.filter(user=person).delete()
    words = f"{name}. {note}".strip()
    record(EventAction.DEVICE_REMOVE, subject=str(person), by=by, note=words)


@transaction.atomic
def remove_second_factor(person: Any, *, by: Any, note: str) -> None:
    """For somebody who lost phone and codes: they enrol anew at the next sign-in."""
    for device in apps_of(person):
        remove_app(device, by=by, note=note)
