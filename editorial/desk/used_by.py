"""Where a thing is used: its page in the desk, and the question before it is deleted.

What a public or scheduled text refers to is not deleted: the text would speak of
something that is gone. Everything else may go once the list was read.
"""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import NestedObjects, unquote
from django.core.exceptions import PermissionDenied
from django.db import router
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_safe

from editorial.registry import fact_types
from editorial.uses import UseGroup, published_uses, uids_of, uses_of

HAS_READ = "has_read"


@require_safe
def used_by(request: HttpRequest, object_id: str, *, model_admin: Any) -> HttpResponse:
    """Everything that uses one row."""
    row = model_admin.get_object(request, unquote(object_id))
    if row is None:
        raise Http404
    if not model_admin.has_view_permission(request, row):
        raise PermissionDenied
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Used by: {row}",
        "opts": model_admin.opts,
        "original": row,
        "groups": uses_of(row),
    }
    return TemplateResponse(request, "admin/editorial/used_by.html", context)


def used_by_url(model_admin: Any) -> Any:
    """The route of the page, for a model's admin."""
    options = model_admin.opts
    view = partial(used_by, model_admin=model_admin)
    return path(
        "<path:object_id>/used-by/",
        model_admin.admin_site.admin_view(view),
        name=f"{options.app_label}_{options.model_name}_used_by",
    )


def binding_uses(row: Any) -> UseGroup:
    """Published texts that refer to `row`, or to what would go with it."""
    collector = NestedObjects(using=router.db_for_write(type(row)))
    collector.collect([row])
    names = {kind.model: name for name, kind in fact_types().items()}
    names["editorial.Source"] = "source"
    doomed = {
        names[model._meta.label]: set().union(*map(uids_of, facts))
        for model, facts in collector.data.items()
        if model._meta.label in names
    }
    return published_uses(doomed)


class UsedByMixin(admin.ModelAdmin):
    """Shows what uses a row, and asks before it is deleted. No deletion in bulk."""

    change_form_template = "admin/editorial/used_change_form.html"
    delete_confirmation_template = "admin/editorial/used_delete.html"

    def get_urls(self) -> list[Any]:
        return [used_by_url(self), *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Without bulk deletion, which would not ask each row."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        if row is None or not self.has_delete_permission(request, row):
            return super().delete_view(request, object_id, extra_context)
        uses, binding = uses_of(row), binding_uses(row)
        if request.method == "POST":
            if binding.count:
                raise PermissionDenied("A published text refers to it.")
            if uses and HAS_READ not in request.POST:
                messages.error(request, "Read what uses it, and say so with the tick.")
                return redirect(request.path)
        context = {"groups": uses, "binding": binding} | (extra_context or {})
        return super().delete_view(request, object_id, context)
