"""Tables whose rows take steps: a POST each, then the row's own page again."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from editorial.desk.read_only import ReadOnlyAdmin
from editorial.problems import NotAllowedError, WrongStateError
from editorial.rights import objection
from newsletter.admin.mailing_steps import MailStep

Sent = tuple[str, forms.Form] | None
"""The verb and the form of a step that was not complete."""


class SteppedAdmin(ReadOnlyAdmin):
    """A class says which `steps` there are, and draws the page of a row."""

    steps: Mapping[str, MailStep]

    def own_page(self, request: HttpRequest, row: Any, sent: Sent = None) -> Any:
        """The page of `row`, with the form of a step that was not complete."""
        raise NotImplementedError

    def back_to(self, row: Any) -> str:
        """The address that follows a step."""
        return reverse(f"admin:{self._stem}_change", args=[row.pk])

    @property
    def _stem(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def get_urls(self) -> list[Any]:
        step = self.admin_site.admin_view(require_POST(self.step_view))
        address = "<int:object_id>/step/<slug:slug>/"
        return [path(address, step, name=f"{self._stem}_step"), *super().get_urls()]

    @method_decorator(require_safe)
    def change_view(
        self, request: HttpRequest, object_id: str, *args: Any, **options: Any
    ) -> HttpResponse:
        return self.own_page(request, self._row_for(request, object_id, "view"))

    def step_view(self, request: HttpRequest, object_id: int, slug: str) -> Any:
        """Do it and go back; the page again where its form is not complete."""
        verb = slug.replace("-", "_")
        if verb not in self.steps:
            raise Http404
        step = self.steps[verb]
        row = self._row_for(request, object_id, verb)
        form = step.form(request.POST)
        if not form.is_valid():
            return self.own_page(request, row, (verb, form))
        try:
            step.run(row, by=request.user, **form.cleaned_data)
        except (NotAllowedError, WrongStateError) as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"“{row}” is {step.done}.")
        return HttpResponseRedirect(self.back_to(row))

    def _row_for(self, request: HttpRequest, object_id: Any, verb: str) -> Any:
        """The row, if this person may do `verb` to it."""
        row = self.get_object(request, str(object_id))
        if row is None:
            raise Http404
        if sentence := objection(request.user, verb, row):
            raise PermissionDenied(sentence)
        return row
