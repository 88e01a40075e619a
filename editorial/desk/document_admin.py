"""The change form of a working copy: save, conflict, and the panel beside it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from editorial.desk.assigned import AssignmentFilter, assigned_cell
from editorial.desk.bulk_actions import bulk_actions, offered_actions
from editorial.desk.conflicts import conflict_page
from editorial.desk.inlines import SourcesMixin
from editorial.desk.judged import JudgedMixin
from editorial.desk.opened import OpenedForm
from editorial.desk.panel import desk_panel
from editorial.desk.pickers import PickerMixin
from editorial.desk.queues import QueueFilter, can_model
from editorial.desk.scratches import ScratchMixin, scratch_context
from editorial.desk.urls import desk_urls
from editorial.drafts import locked, record_save
from editorial.freezing import Body
from editorial.models import Publication
from editorial.reconciling import opened_text, rewind, with_note
from editorial.registry import document_kind
from editorial.scratch import drop_scratch
from editorial.status import listed_status

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


class DocumentList(ChangeList):
    """A page of the list costs the same number of statements however long it is."""

    def get_queryset(self, request: HttpRequest, **options: Any) -> Any:
        return super().get_queryset(request, **options).for_listing()


class DocumentAdmin(
    ScratchMixin, JudgedMixin, SourcesMixin, PickerMixin, admin.ModelAdmin
):
    """Base of every document kind's admin. Subclasses add fields and inlines."""

    form = DocumentForm
    change_form_template = "admin/editorial/document_change_form.html"
    change_list_template = "admin/editorial/document_change_list.html"
    list_display = [
        "title",
        "status",
        "assigned",
        "verified_on",
        "review_due",
        "updated_at",
    ]
    list_filter = ["review_state", AssignmentFilter, QueueFilter]
    search_fields = ["title", "slug"]
    save_on_top = False
    actions = bulk_actions()

    def get_changelist(self, request: HttpRequest, **options: Any) -> type:
        return DocumentList

    def get_urls(self) -> list[Any]:
        return desk_urls(self) + super().get_urls()

    @admin.display(description="status")
    def status(self, document: Any) -> str:
        return listed_status(document)

    @admin.display(description="assigned to", ordering="assigned_due_on")
    def assigned(self, document: Any) -> str:
        return assigned_cell(document, timezone.now().date())

    @admin.display(description="next review by")
    def review_due(self, document: Any) -> Any:
        return document.review_due_on

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
            "title": str(self.opts.verbose_name_plural).capitalize(),
            "may_export": can_model(user, "export_draft", self.model),
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
        is_post = request.method == "POST" and not self.takes_up(request, document)
        if document is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        if is_post:
            return self._save(request, document, form_url)
        context = {"panel": desk_panel(document, request.user)} | (extra_context or {})
        return super().changeform_view(request, object_id, form_url, context)

    @transaction.atomic
    def _save(self, request: HttpRequest, document: Any, form_url: str) -> HttpResponse:
        """Save what was sent, unless somebody else saved after the form was opened."""
        row = locked(document)
        context = {"panel": desk_panel(row, request.user)}
        if request.POST.get(SEEN) == str(row.lock_version):
            return super().changeform_view(request, str(row.pk), form_url, context)
        return self._rehearse(request, row, form_url, context)

    def _rehearse(
        self, request: HttpRequest, row: Any, form_url: str, context: dict[str, Any]
    ) -> HttpResponse:
        """Save on top of what the editor had opened, read the text, and undo it all."""
        request.is_rehearsal = True
        opened = OpenedForm.of_post(request.POST)
        seen = request.POST.get(SEEN, "")
        state = int(seen) if seen.isdecimal() else 0
        base = opened_text(row, lock_version=state, digest=opened.digest)
        try:
            with transaction.atomic():
                if base and not rewind(row, base, row_keys=opened.row_keys):
                    base = None
                response = super().changeform_view(
                    request, str(row.pk), form_url, context
                )
                response.render()  # while the rows that it speaks of are there
                transaction.set_rollback(True)
        except _Rehearsed as rehearsed:
            return conflict_page(
                self,
                request,
                row,
                base=base,
                mine=rehearsed.body,
                state=state,
                digest=opened.digest,
            )
        return response

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        document = form.instance
        record_save(document, by=request.user)
        if getattr(request, "is_rehearsal", False):
            body = document_kind(document.kind).freeze(document)
            raise _Rehearsed(with_note(body, document.change_note))
        drop_scratch(request.user, OpenedForm.of_post(request.POST).scratch_key)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        context |= scratch_context(self, request, obj, context)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def change_url(self, document: Any) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return reverse(name, args=[document.pk])

    def form_address(self, document: Any) -> str:
        """The form of `document`; of a new one where it is None."""
        if document is not None:
            return self.change_url(document)
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")

    def desk_url(self, document: Any, view: str, *args: Any) -> str:
        """The address of one of the desk's views on `document`."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{view}"
        return reverse(name, args=[document.pk, *args])
