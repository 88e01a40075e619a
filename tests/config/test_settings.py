"""Production refuses to start where it would not be safe."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.static

ROOT = Path(__file__).resolve().parents[2]
SAFE = {
    "DEVELOPMENT": "false",
    "SECRET_KEY": "x7" * 30,
    "ALLOWED_HOSTS": "example.org",
    "DATABASE_URL": "sqlite://:memory:",
}


def check(**environment):
    command = [sys.executable, "manage.py", "check"]
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        command, cwd=ROOT, env=kept | SAFE | environment, capture_output=True, text=True
    )


def test_a_safe_environment_starts():
    assert check().returncode == 0


@pytest.mark.parametrize("key", ["insecure-development-key", "short"])
def test_a_default_or_short_key_is_refused_with_a_sentence(key):
    result = check(SECRET_KEY=key)

    assert result.returncode != 0
    assert "SECRET_KEY is missing, a default, or shorter" in result.stderr


def test_ones_own_machine_may_use_a_short_key():
    assert check(SECRET_KEY="short", DEVELOPMENT="true").returncode == 0


def test_demo_accounts_are_refused_in_production():
    command = [sys.executable, "manage.py", "create_demo_accounts"]
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}

    result = subprocess.run(
        command, cwd=ROOT, env=kept | SAFE, capture_output=True, text=True
    )

    assert "one's own machine only" in result.stderr
