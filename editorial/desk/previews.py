"""Any text of a document as a page: the draft, a version, a save, or a moment."""

import datetime
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from csp.decorators import csp_replace
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.formats import date_format
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from editorial.desk.pages import document_for, document_page
from editorial.desk.texts import Text, choices_of, text_called
from editorial.reading import Page, page_at, preview_page, unkept
from editorial.rights import can
from editorial.transitions import name_of

DRAFT, MOMENT = "draft", "moment"
WIDTHS = {"desktop": "Desktop, 1280 pixels", "phone": "Phone, 390 pixels"}


class MomentForm(forms.Form):
    """A moment in UTC: a day, and a time that is midnight where none is given."""

    day = forms.DateField(
        label="Day",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    time = forms.TimeField(
        label="Time (UTC)",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def moment(self) -> datetime.datetime | None:
        """None without a day, or with one that is none."""
        day = self.cleaned_data.get("day")
        if day is None:
            return None
        time = self.cleaned_data.get("time") or datetime.time()
        return datetime.datetime.combine(day, time, tzinfo=datetime.UTC)


class PreviewForm(MomentForm):
    """Which text of one document to show, and how wide."""

    text = forms.ChoiceField(label="Text", required=False)
    width = forms.ChoiceField(
        required=False, choices=list(WIDTHS.items()), widget=forms.HiddenInput
    )
    field_order = ["text", "day", "time", "width"]

    def __init__(self, data: Any, *, document: Any) -> None:
        super().__init__(data)
        self.fields["text"].choices = [
            *choices_of(document),
            (MOMENT, "What readers see at this moment:"),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("text") == MOMENT and not cleaned.get("day"):
            self.add_error("day", "Name the day for which you want the page.")
        return cleaned


@dataclass(frozen=True)
class Shown:
    """A text that was chosen; `page` is None where readers find none."""

    label: str
    manner: str
    page: Page | None
    query: dict[str, str]


def shown_text(request: HttpRequest, document: Any, form: PreviewForm) -> Shown:
    """What `form` asks for, the draft where it asks for nothing that is there."""
    by_name = name_of(request.user)
    asked = form.cleaned_data.get("text") or DRAFT if form.is_valid() else DRAFT
    moment = form.moment() if asked == MOMENT else None
    if moment is not None:
        when = date_format(moment, "j M Y, H:i")
        query = {"text": MOMENT, "day": f"{moment:%Y-%m-%d}", "time": f"{moment:%H:%M}"}
        page = page_at(document.uid, moment)
        version = f" (version {page.meta.version})" if page else ""
        return Shown(f"What readers see on {when} UTC{version}", "", page, query)
    text = text_called(document, asked) or text_called(document, DRAFT)
    query = {"text": text.key}
    if met := _page_as_met(document, text):
        return Shown(text.label, "as readers first met it", met, query)
    page = preview_page(document, text.body, by_name=by_name)
    return Shown(text.label, "as publishing it now would show it", page, query)


def _page_as_met(document: Any, text: Text) -> Page | None:
    """The page of a version that readers have seen or will see; None for others."""
    if not text.key.startswith("version-"):
        return None
    page = page_at(document.uid, text.at)
    return page if page and page.meta.digest == text.digest else None


@require_safe
def preview(
    request: HttpRequest, object_id: int, *, document_admin: Any
) -> HttpResponse:
    """A chooser over a frame with the page as readers would get it."""
    document = document_for(document_admin, request, object_id, "preview")
    form = PreviewForm(request.GET or {"text": DRAFT}, document=document)
    shown = shown_text(request, document, form)
    width = form.cleaned_data.get("width") or "desktop"
    frame = document_admin.desk_url(document, "preview_frame")
    links = [
        (label, f"?{urlencode(shown.query | {'width': key})}", key == width)
        for key, label in WIDTHS.items()
    ]
    return document_page(
        document_admin,
        request,
        "preview",
        title=f"Preview: {document}",
        document=document,
        form=form,
        shown=shown,
        width=width,
        widths=links,
        frame_url=f"{frame}?{urlencode(shown.query)}",
        share_text=_share_text(request, document, shown),
    )


@require_safe
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": ["'self'"]})
def preview_frame(
    request: HttpRequest, object_id: int, *, document_admin: Any
) -> HttpResponse:
    """Byte for byte what readers of the chosen text would be given."""
    document = document_for(document_admin, request, object_id, "preview")
    form = PreviewForm(request.GET or {"text": DRAFT}, document=document)
    page = shown_text(request, document, form).page
    if page is None:
        raise Http404("Readers find no page of this document at that moment.")
    response = page.kind.render(request, unkept(page))
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex"
    return response


def _share_text(request: HttpRequest, document: Any, shown: Shown) -> str:
    """What a link would be made to; "" for a moment, and without the right."""
    text = shown.query["text"]
    may_share = text != MOMENT and can(request.user, "share", document)
    return text if may_share else ""


def moment_of(form: MomentForm) -> datetime.datetime:
    """The moment that was asked for, else now."""
    asked = form.moment() if form.is_valid() else None
    return asked or timezone.now()
