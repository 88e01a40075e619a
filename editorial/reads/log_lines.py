"""One line of a log to one read of a page, if it is one."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import unquote

from django.conf import settings

from editorial.secret_paths import is_secret

GOOD_STATUSES = (200, 304)
"""304: the reader has the page already, and reads it."""

PATH_LENGTH = 300

_COMBINED = re.compile(
    r'\S+ \S+ .*?\[(?P<at>[^\]]+)\] "(?P<method>[A-Z]+) (?P<target>\S+)[^"]*" '
    r'(?P<status>\d{3}) \S+(?: "[^"]*" "(?P<agent>[^"]*)")?'
)
_AT = "%d/%b/%Y:%H:%M:%S %z"
_BOT = re.compile(
    r"bot|crawl|spider|slurp|preview|monitor|uptime|probe|scan|fetch|curl|wget"
    r"|python|java/|go-http|okhttp|libwww|http.?client|headless|feed|^-?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class PageRead:
    path: str
    day: date


def read_of(line: str) -> PageRead | None:
    """The read that a line of the common, the combined or our own log tells of.

    A line without a user agent counts; one with a program's does not. None for
    everything that is no page, was not answered, or cannot be understood.
    """
    seen = _from_json(line) if line.startswith("{") else _from_combined(line)
    if seen is None or seen.method != "GET" or seen.status not in GOOD_STATUSES:
        return None
    if seen.agent is not None and _BOT.search(seen.agent):
        return None
    path = unquote(seen.target.split("?")[0].split("#")[0])
    return PageRead(path, seen.day) if is_page(path) else None


def is_page(path: str) -> bool:
    """Pages of this site end with a slash; the desk is no page of readers.

    >>> is_page("/tools/vllm/"), is_page("/benchmarks/list.csv")
    (True, False)
    """
    hidden = (f"/{settings.ADMIN_PATH}", settings.STATIC_URL)
    is_ours = path.startswith("/") and path.endswith("/") and "\x00" not in path
    is_known = not (path.startswith(hidden) or is_secret(path))
    return is_ours and len(path) <= PATH_LENGTH and is_known


@dataclass(frozen=True)
class _Seen:
    method: str
    target: str
    status: int
    day: date
    agent: str | None


def _from_combined(line: str) -> _Seen | None:
    match = _COMBINED.match(line)
    if match is None:
        return None
    try:
        at = datetime.strptime(match["at"], _AT)
    except ValueError:
        return None
    day = at.astimezone(UTC).date()
    return _Seen(
        match["method"], match["target"], int(match["status"]), day, match["agent"]
    )


def _from_json(line: str) -> _Seen | None:
    try:
        entry: Any = json.loads(line)
        at = datetime.fromisoformat(entry["timestamp"])
        if entry["event"] != "request":
            return None
        day = at.astimezone(UTC).date()
        agent = entry.get("user_agent")
        return _Seen(entry["method"], entry["path"], entry["status"], day, agent)
    except (ValueError, KeyError, TypeError):
        return None
