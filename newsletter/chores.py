"""Small duties that a sweep does beside the mail: registered by whoever has one."""

import datetime
from collections.abc import Callable

import structlog
from django.db import OperationalError

logger = structlog.get_logger(__name__)

Chore = Callable[[datetime.datetime], object]

_chores: dict[str, Chore] = {}


def register_chore(name: str, function: Chore) -> None:
    """`function(now)` may be called at any time, often, and several times at once."""
    _chores[name] = function


def do_chores(now: datetime.datetime) -> None:
    """Every chore once; one that fails is logged and keeps none from its turn."""
    for name, function in list(_chores.items()):
        try:
            function(now)
        except OperationalError:
            raise  # of the database, not of the chore: the next sweep tries again
        except Exception:
            logger.exception("newsletter_chore_failed", chore=name)
