"""Codes as an app would show them, and people who have one."""

import time

from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.second_factor import renew_recovery_codes


def code_of(device, *, steps_ahead=0):
    """A code is good once, so a second one is taken from a later step."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = time.time() + steps_ahead * device.step
    return f"{totp.token():06d}"


def give_app(person, name="Phone"):
    return TOTPDevice.objects.create(user=person, name=name, confirmed=True)


def give_recovery_codes(person):
    return renew_recovery_codes(person, by=person)
