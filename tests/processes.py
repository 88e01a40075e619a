"""What a process needs that works on the database of the test that starts it."""

import os
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


def environment_of_worker() -> dict[str, str]:
    """The environment in which the site's settings lead to the test's database.

    The test must be a transactional one: others see only what was committed.
    """
    place = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{place['NAME']}"
    else:
        url = "postgres://{USER}@{HOST}:{PORT}/{NAME}".format_map(place)
    return os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
