"""What an operator wants to know at a glance, each thing apart."""

from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

UNKNOWN = "unknown"


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
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    oldest = waiting.order_by("enqueued_at").values_list("enqueued_at", flat=True)
    enqueued_at = oldest.first()
    if enqueued_at is None:
        return None
    return max(0, int((timezone.now() - enqueued_at).total_seconds()))
