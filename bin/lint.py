"""`make lint`: everything that can be said of the code without running it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
LOCAL = {
    "DEVELOPMENT": "true",
    "SECRET_KEY": "a-key-for-checks-only-longer-than-the-fifty-characters-asked-for",
    "DATABASE_URL": "sqlite://:memory:",  # a fresh checkout has no other
}
PRODUCTION = {
    "DEVELOPMENT": "false",
    "DEBUG": "false",
    "SECRET_KEY": "Zq8-Yb1_kT4vRm7-Lx0pWd9_Hc3sNf6-Jg2uAe5_Ko8iBv-Rw7zQm4",
    "ALLOWED_HOSTS": "example.org",
    "SITE_URL": "https://example.org",
}


def templates() -> list[str]:
    listing = subprocess.run(
        ["git", "ls-files", "*.html"], cwd=ROOT, capture_output=True, text=True
    )
    return [name for name in listing.stdout.split() if (ROOT / name).exists()]


def main() -> int:
    manage = [str(BIN / "python"), "manage.py"]
    checks: list[tuple[str, list[str], dict[str, str]]] = [
        ("style", [str(BIN / "ruff"), "check", "--quiet", "."], {}),
        ("format", [str(BIN / "ruff"), "format", "--check", "--quiet", "."], {}),
        ("imports", [str(BIN / "lint-imports"), "--no-logo"], LOCAL),
        ("packages", [str(BIN / "python"), "-m", "pip", "check"], {}),
        ("types", [str(BIN / "mypy")], LOCAL),
        ("migrations", [*manage, "makemigrations", "--check", "--dry-run"], LOCAL),
        (
            "deployment",
            [*manage, "check", "--deploy", "--fail-level", "WARNING"],
            PRODUCTION,
        ),
    ]
    djade = [str(BIN / "djade"), "--check", "--target-version", "5.2", *templates()]
    checks.insert(2, ("templates", djade, {}))
    failed = []
    for name, command, environment in checks:
        print(f"· {name}", flush=True)
        result = subprocess.run(command, cwd=ROOT, env=os.environ | environment)
        if result.returncode != 0:
            failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else "all clean", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
