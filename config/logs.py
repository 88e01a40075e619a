"""Logs as one JSON object a line, each with the id of its request."""

from typing import Any

import structlog

from editorial.secret_paths import without_secret

SHARED = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.ExtraAdder(),
]


def logging_config(level: str) -> dict[str, Any]:
    """Django's LOGGING setting: everything from `level` up goes to standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    drop_request,
                    structlog.processors.format_exc_info,
                    structlog.processors.JSONRenderer(default=str),
                ],
                "foreign_pre_chain": SHARED,
            },
        },
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "json"},
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
        },
    }


def drop_request(logger: Any, name: str, event: dict[str, Any]) -> dict[str, Any]:
    """Django hangs the whole request on a record; its path is enough, and of a path
    that is a secret only the part that is none."""
    request = event.pop("request", None)
    if request is not None and hasattr(request, "path"):
        event["path"] = without_secret(request.path)
        event["event"] = str(event["event"]).replace(request.path, event["path"])
    return event
