"""The change form of a working copy: save, conflict, and the panel beside it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from editorial.desk.bulk_actions import bulk_actions, offered_actions
from editorial.desk.inlines import SourcesMixin
from editorial.desk.panel import desk_panel
from editorial.desk.pickers import PickerMixin
from editorial.desk.queues import QueueFilter, can_model
from editorial.desk.urls import desk_urls
from editorial.diffing import changes_between
from editorial.drafts import keep_conflicting_text, locked, record_save
from editorial.freezing import Body
from editorial.models import Publication
from editorial.registry import document_kind
from editorial.rights import can
from editorial.status import status_of

SEEN = "seen_lock_version"


class _Rehearsed(Exception):
    """Carries the text that a save would have made, and undoes the save."""

    def __init__(self, body: Body) -> None:
        self.body = body


class DocumentForm(forms.ModelForm):
    """Remembers which state of the document the editor saw."""

    seen_lock_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields[SEEN].initial = self.instance.lock_version


class DocumentAdmin(SourcesMixin, PickerMixin, admin.ModelAdmin):
    """Base of every document kind's admin. Subclasses add fields and inlines."""

    form = DocumentForm
    change_form_template = "admin/editorial/document_change_form.html"
    change_list_template = "admin/editorial/document_change_list.html"
    list_display = ["title", "status", "verified_on", "review_due", "updated_at"]
    list_filter = ["review_state", QueueFilter]
    search_fields = ["title", "slug"]
    save_on_top = False
    actions = bulk_actions()

    def get_urls(self) -> list[Any]:
        return desk_urls(self) + super().get_urls()

    @admin.display(description="status")
    def status(self, document: Any) -> str:
        return status_of(document, timezone.now()).label

    @admin.display(description="next review by")
    def review_due(self, document: Any) -> Any:
        return document.review_due_on

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return super().has_change_permission(request)
        return can(request.user, "edit", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A text that readers have seen is withdrawn, never deleted."""
        if (
            obj is not None
            and Publication.objects.of_document(obj.uid).defer("body").exists()
        ):
            return False
        return super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Never deletion, which would not ask each document."""
        actions = super().get_actions(request)
        return offered_actions(actions, request.user, self.model)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        user = request.user
        offered = {
            "may_export": can_model(user, "export", self.model),
            "may_import": can_model(user, "import", self.model)
            and can_model(user, "create", self.model),
            "filter_query": request.GET.urlencode(),
        }
        return super().changelist_view(request, offered | (extra_context or {}))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        document = self.get_object(request, object_id) if object_id else None
        if document is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        if request.method == "POST":
            return self._save(request, document, form_url)
        context = {"panel": desk_panel(document, request.user)} | (extra_context or {})
        return super().changeform_view(request, object_id, form_url, context)

    @transaction.atomic
    def _save(self, request: HttpRequest, document: Any, form_url: str) -> HttpResponse:
        """Save what was sent, unless somebody else saved after the form was opened."""
        row = locked(document)
        context = {"panel": desk_panel(row, request.user)}
        object_id = str(row.pk)
        if request.POST.get(SEEN) == str(row.lock_version):
            return super().changeform_view(request, object_id, form_url, context)
        request.is_rehearsal = True
        try:
            with transaction.atomic():
                return super().changeform_view(request, object_id, form_url, context)
        except _Rehearsed as rehearsed:
            return self._show_conflict(request, row, rehearsed.body)

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        document = form.instance
        record_save(document, by=request.user)
        if getattr(request, "is_rehearsal", False):
            raise _Rehearsed(document_kind(document.kind).freeze(document))

    def _show_conflict(
        self, request: HttpRequest, row: Any, mine: Body
    ) -> HttpResponse:
        theirs = document_kind(row.kind).freeze(row)
        changes = changes_between(theirs, mine)
        if not changes:
            messages.info(request, "Nothing to save: the text already reads like this.")
            return redirect(self.change_url(row))
        kept = keep_conflicting_text(row, mine, by=request.user)
        context = {
            **self.admin_site.each_context(request),
            "title": "Somebody else saved first",
            "opts": self.opts,
            "document": row,
            "changes": changes,
            "kept": kept,
            "change_url": self.change_url(row),
            "restore_url": self.desk_url(row, "restore"),
        }
        template = "admin/editorial/conflict.html"
        return TemplateResponse(request, template, context, status=409)

    def change_url(self, document: Any) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return reverse(name, args=[document.pk])

    def desk_url(self, document: Any, view: str, *args: Any) -> str:
        """The address of one of the desk's views on `document`."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{view}"
        return reverse(name, args=[document.pk, *args])
