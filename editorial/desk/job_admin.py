"""Bulk jobs in the admin: the list, and the page that shows how far one is."""

import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from editorial.bundle_review import documents_of
from editorial.desk.read_only import ReadOnlyAdmin
from editorial.desk.steps import STEPS
from editorial.models import BulkJob
from editorial.rights import objection

PATIENCE = datetime.timedelta(seconds=20)
"""After this long without a worker the page says what to do."""


@admin.register(BulkJob)
class BulkJobAdmin(ReadOnlyAdmin):
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

    @method_decorator(require_safe)
    def change_view(
        self, request: HttpRequest, object_id: str, *args: Any, **options: Any
    ) -> HttpResponse:
        """How far the job is, and what became of each document."""
        if not self.has_view_permission(request):
            raise PermissionDenied(objection(request.user, "view", BulkJob))
        job = self.get_object(request, object_id)
        if job is None:
            raise Http404
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
