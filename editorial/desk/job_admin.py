"""Bulk jobs in the admin: the list, and the page that shows how far one is."""

import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from editorial.bundle_review import documents_of
from editorial.desk.steps import STEPS
from editorial.models import BulkJob
from editorial.rights import can, objection

PATIENCE = datetime.timedelta(seconds=20)
"""After this long without a worker the page says what to do."""


@admin.register(BulkJob)
class BulkJobAdmin(admin.ModelAdmin):
    """Jobs are made by the actions of the lists, and changed by the worker."""

    list_display = ["name", "asked_by", "created_at", "progress", "note"]
    list_filter = ["verb", "created_at"]
    search_fields = ["note", "items__title"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).for_listing()

    @admin.display(description="job", ordering="verb")
    def name(self, job: BulkJob) -> str:
        return STEPS[job.verb].label

    @admin.display(description="progress")
    def progress(self, job: Any) -> str:
        finished = job.item_count - job.waiting_count
        return f"{finished} of {job.item_count}, {job.refused_count} refused"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, *args: Any, **options: Any
    ) -> HttpResponse:
        """How far the job is, and what became of each document."""
        if not can(request.user, "view", BulkJob):
            raise PermissionDenied(objection(request.user, "view", BulkJob))
        job = get_object_or_404(self.get_queryset(request), pk=object_id)
        items = list(job.items.all())
        documents = documents_of(items)
        now = timezone.now()
        context = {
            **self.admin_site.each_context(request),
            "title": f"{STEPS[job.verb].label}: job {job.pk}",
            "opts": self.opts,
            "job": job,
            "step": STEPS[job.verb],
            "rows": [(item, documents.get(item.document_uid)) for item in items],
            "finished_count": job.item_count - job.waiting_count,
            "lacks_worker": lacks_worker(job, now),
            "is_stalled": is_stalled(job, now),
            "now": now,
        }
        response = TemplateResponse(request, "admin/editorial/job.html", context)
        add_never_cache_headers(response)
        return response


def lacks_worker(job: BulkJob, moment: datetime.datetime) -> bool:
    return job.started_at is None and job.created_at <= moment - PATIENCE


def is_stalled(job: BulkJob, moment: datetime.datetime) -> bool:
    """Begun, not finished, and the lease of whoever worked on it has run out."""
    is_begun = job.started_at is not None and job.finished_at is None
    return is_begun and job.leased_until <= moment
