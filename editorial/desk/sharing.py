"""The desk's list of links that show a draft to people without an account."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_POST

from editorial.desk.pages import document_for, document_page
from editorial.desk.texts import choices_of, text_called
from editorial.models import PreviewLink
from editorial.preview_links import DEFAULT_DAYS, LIFETIME_DAYS, make_link, revoke_link

LINKS_ON_A_PAGE = 25


class LinkForm(forms.Form):
    """Which text, for whom, for how long."""

    text = forms.ChoiceField(
        label="Text", help_text="Exactly this text is shown: a later edit is not."
    )
    purpose = forms.CharField(
        label="For whom",
        max_length=120,
        help_text="A name or a purpose. Only the desk sees it.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    days = forms.TypedChoiceField(
        label="Works for",
        coerce=int,
        choices=list(LIFETIME_DAYS.items()),
        initial=DEFAULT_DAYS,
    )

    def __init__(self, *args: Any, document: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].choices = choices_of(document)


@require_http_methods(["GET", "POST"])
def link_list(
    request: HttpRequest, object_id: int, *, document_admin: Any
) -> HttpResponse:
    """Every link of the document. A new one is shown once, in answer to the POST."""
    document = document_for(document_admin, request, object_id, "share")
    initial = {"text": request.GET.get("text", "draft")}
    form = LinkForm(request.POST or None, document=document, initial=initial)
    address = ""
    if request.method == "POST" and form.is_valid():
        address = request.build_absolute_uri(_new_link(document, form, request.user))
        form = LinkForm(document=document)
    pages = Paginator(
        PreviewLink.objects.of_document(document.uid).for_listing(), LINKS_ON_A_PAGE
    )
    response = document_page(
        document_admin,
        request,
        "links",
        title=f"Preview links: {document}",
        document=document,
        form=form,
        address=address,
        page=pages.get_page(request.GET.get("page")),
    )
    add_never_cache_headers(response)
    return response


def _new_link(document: Any, form: LinkForm, by: Any) -> str:
    text = text_called(document, form.cleaned_data["text"])
    _, secret = make_link(
        document,
        by=by,
        body=text.body,
        text_label=text.label,
        purpose=form.cleaned_data["purpose"],
        days=form.cleaned_data["days"],
    )
    return reverse("shared_preview", args=[secret])


@require_POST
def link_revoke(
    request: HttpRequest, object_id: int, link_pk: int, *, document_admin: Any
) -> HttpResponse:
    """End a link at once."""
    document = document_for(document_admin, request, object_id, "share")
    if revoke_link(document, by=request.user, pk=link_pk):
        messages.success(request, "The link does not work any more.")
    else:
        messages.info(request, "That link had ended already.")
    return redirect(document_admin.desk_url(document, "links"))
