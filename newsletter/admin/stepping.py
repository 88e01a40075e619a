"""Taking one step with a mailing or a letter: a POST, then its page again."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from editorial.problems import NotAllowedError, WrongStateError
from editorial.rights import objection
from newsletter.admin.mailing_steps import MailStep

Again = Callable[[HttpRequest, Any, tuple[str, forms.Form]], HttpResponse]


def row_for(request: HttpRequest, object_id: Any, verb: str, model_admin: Any) -> Any:
    """The row, if this person may do `verb` to it."""
    row = model_admin.get_object(request, str(object_id))
    if row is None:
        raise Http404
    if sentence := objection(request.user, verb, row):
        raise PermissionDenied(sentence)
    return row


def take_step(
    request: HttpRequest,
    object_id: int,
    slug: str,
    *,
    steps: Mapping[str, MailStep],
    model_admin: Any,
    back: Callable[[Any], str],
    again: Again,
) -> HttpResponse:
    """Do it and go `back`; the page `again` where the form is not complete."""
    verb = slug.replace("-", "_")
    if verb not in steps:
        raise Http404
    step = steps[verb]
    row = row_for(request, object_id, verb, model_admin)
    form = step.form(request.POST)
    if not form.is_valid():
        return again(request, row, (verb, form))
    try:
        step.run(row, by=request.user, **form.cleaned_data)
    except (NotAllowedError, WrongStateError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"“{row}” is {step.done}.")
    return HttpResponseRedirect(back(row))
