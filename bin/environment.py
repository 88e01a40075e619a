"""The virtual environment with the locked dependencies, made or brought up to date.

Runs on a bare Python: nothing of ours is installed yet. `python3 bin/environment.py`
installs what the site needs, `… dev` what working on it needs.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)


def say(text: str) -> None:
    print(text, flush=True)


def stop(text: str) -> None:
    sys.exit(f"\n{text}")


def make_environment() -> None:
    """The virtual environment itself; a sentence where this Python cannot make one."""
    if sys.version_info < OLDEST:
        stop(
            f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is "
            f"{sys.version.split()[0]}. Name another one: make run PYTHON=python3.12"
        )
    if PYTHON.exists() and (VENV / "bin" / "pip").exists():
        return
    say("· making the virtual environment in .venv")
    result = subprocess.run([sys.executable, "-m", "venv", str(VENV)])
    if result.returncode != 0:
        stop(
            "Python could not make a virtual environment. On Debian or Ubuntu: "
            "apt install python3-venv"
        )


def install(name: str) -> None:
    """The packages of requirements/<name>.txt, unless they are there already."""
    lock = ROOT / "requirements" / f"{name}.txt"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp = VENV / name
    if stamp.exists() and stamp.read_text() == digest:
        return
    say(f"· installing the locked dependencies ({name})")
    # Every dependency of a dependency is in the lock. pip is not to look for them: it
    # would take the newest of those asked for with an extra, which has no hash there.
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes"]
    command += ["--no-deps", "--disable-pip-version-check", "-r", str(lock)]
    if subprocess.run(command).returncode != 0:
        stop("The dependencies could not be installed; the lines above say why.")
    stamp.write_text(digest)


def is_installed(name: str) -> bool:
    lock = ROOT / "requirements" / f"{name}.txt"
    stamp = VENV / name
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    return stamp.exists() and stamp.read_text() == digest


if __name__ == "__main__":
    make_environment()
    if "dev" in sys.argv[1:]:
        install("dev")
    elif not is_installed("dev"):
        install("runtime")
