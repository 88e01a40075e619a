"""`make worker`: do what a killed worker left, then wait for jobs until told to end."""

import os
import subprocess
import sys

from environment import PYTHON, ROOT

SECONDS_BETWEEN_LOOKS = "1"
SECONDS_OF_MAIL = "5"


def main() -> None:
    os.chdir(ROOT)
    left_over = [str(PYTHON), "manage.py", "run_jobs", "--seconds", SECONDS_OF_MAIL]
    subprocess.run(left_over, stdout=subprocess.DEVNULL)
    arguments = [str(PYTHON), "manage.py", "db_worker", "--no-reload", "--interval"]
    arguments += [SECONDS_BETWEEN_LOOKS]
    os.execv(arguments[0], arguments)  # noqa: S606 - the worker takes this process over


if __name__ == "__main__":
    sys.exit(main())
