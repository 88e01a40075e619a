"""What an operator wants to know at a glance, each thing apart."""

from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

UNKNOWN = "unknown"

OLDEST_ASKED = 100
"""Waiting jobs among which the longest waiting is looked for."""


@dataclass(frozen=True)
class HealthReport:
    """`migrations` names what is not applied; `oldest_job_s` is None with no job."""

    database: str
    migrations: list[str] | None
    oldest_job_s: int | None
    jobs: str

    @property
    def is_healthy(self) -> bool:
        return self.database == "ok" and self.migrations == []

    def as_dict(self) -> dict[str, Any]:
        return {
            "healthy": self.is_healthy,
            "database": self.database,
            "migrations": {
                "state": UNKNOWN
                if self.migrations is None
                else "pending"
                if self.migrations
                else "ok",
                "pending": self.migrations or [],
            },
            "jobs": {
                "state": self.jobs,
                "oldest_waiting_seconds": self.oldest_job_s,
            },
        }


def health_report() -> HealthReport:
    """Never raises: what cannot be asked is reported as such."""
    connection = connections[DEFAULT_DB_ALIAS]
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return HealthReport("unreachable", None, None, UNKNOWN)
    pending = [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
    if pending:
        return HealthReport("ok", pending, None, UNKNOWN)
    return HealthReport("ok", [], _oldest_waiting_job_s(), "ok")


def _oldest_waiting_job_s() -> int | None:
    """Since when a worker could have begun: a task may ask to be run later."""
    now = timezone.now()
    times = DBTaskResult.objects.ready().values_list("enqueued_at", "run_after")
    waiting_since = [
        max(enqueued_at, run_after) if run_after <= now else enqueued_at
        for enqueued_at, run_after in times.order_by("enqueued_at")[:OLDEST_ASKED]
    ]
    if not waiting_since:
        return None
    return max(0, int((now - min(waiting_since)).total_seconds()))
