"""The desk's page of comments on one document. Every change is a POST."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST

from editorial.comments import (
    CommentRefusedError,
    add_comment,
    reopen,
    reply_to,
    resolve,
    set_muted,
)
from editorial.desk.comment_forms import CommentFilterForm, CommentForm, ReplyForm
from editorial.desk.form_places import element_ids, row_anchors
from editorial.desk.pages import document_for, document_page
from editorial.desk.threads import FILTERS, threads_of
from editorial.models import Comment
from editorial.places import places_in
from editorial.problems import NotAllowedError, WrongStateError
from editorial.registry import document_kind
from editorial.rights import can


@require_http_methods(["GET", "HEAD", "POST"])
def comment_list(
    request: HttpRequest, object_id: int, *, document_admin: Any
) -> HttpResponse:
    """What was said about the text, and a form to say more."""
    verb = "comment" if request.method == "POST" else "view"
    document = document_for(document_admin, request, object_id, verb)
    places = places_in(document_kind(document.kind).freeze(document))
    preset = request.GET.get("place", "")
    form = CommentForm(request.POST or None, places=places, preset=preset)
    if request.method == "POST" and form.is_valid():
        try:
            comment = add_comment(document, by=request.user, **form.cleaned_data)
        except CommentRefusedError as error:
            form.add_error("text", str(error))
        else:
            messages.success(request, "Your comment is there for everybody who writes.")
            return _back(document_admin, document, comment)
    return _page(document_admin, request, document, places=places, form=form)


@require_POST
def comment_reply(
    request: HttpRequest, object_id: int, comment_id: int, *, document_admin: Any
) -> HttpResponse:
    """An answer; one that is refused stands on the page again, to be changed."""
    document = document_for(document_admin, request, object_id, "comment")
    comment = _comment(document, comment_id)
    form = ReplyForm(request.POST, auto_id=_reply_id(comment))
    if form.is_valid():
        try:
            reply_to(comment, by=request.user, text=form.cleaned_data["text"])
        except CommentRefusedError as error:
            form.add_error("text", str(error))
        else:
            return _back(document_admin, document, comment)
    replies = {comment.pk: form}
    return _page(document_admin, request, document, replies=replies, shown="all")


@require_POST
def comment_settle(
    request: HttpRequest, object_id: int, comment_id: int, *, document_admin: Any
) -> HttpResponse:
    """Resolve a comment, or open it again."""
    document = document_for(document_admin, request, object_id, "resolve")
    comment = _comment(document, comment_id)
    settle = reopen if request.POST.get("to") == "open" else resolve
    try:
        settle(comment, by=request.user)
    except (NotAllowedError, WrongStateError) as error:
        messages.error(request, str(error))
    else:
        done = "open again" if comment.is_open else "resolved"
        messages.success(request, f"The comment is {done}.")
    return _back(document_admin, document, comment)


@require_POST
def comment_mute(
    request: HttpRequest, object_id: int, *, document_admin: Any
) -> HttpResponse:
    """Whether this person gets mail about the comments on this document."""
    document = document_for(document_admin, request, object_id, "view")
    is_muted = request.POST.get("mute") == "yes"
    set_muted(document, by=request.user, is_muted=is_muted)
    said = "no more mail" if is_muted else "mail again"
    messages.success(request, f"You get {said} about comments on “{document}”.")
    return redirect(document_admin.change_url(document))


def _comment(document: Any, comment_id: int) -> Comment:
    rows = Comment.objects.of_document(document.uid).beginnings()
    return get_object_or_404(rows, pk=comment_id)


def _back(document_admin: Any, document: Any, comment: Comment) -> HttpResponse:
    page = document_admin.desk_url(document, "comments")
    shown = "" if comment.is_open else "?show=all"
    return redirect(f"{page}{shown}#comment-{comment.pk}")


def _reply_id(comment: Comment) -> str:
    return f"id_reply-{comment.pk}-%s"


def _page(
    document_admin: Any,
    request: HttpRequest,
    document: Any,
    *,
    places: Any = None,
    form: CommentForm | None = None,
    replies: dict[int, ReplyForm] | None = None,
    shown: str = "",
) -> TemplateResponse:
    """The page, with forms as they were sent where something is wrong with them."""
    places = places or places_in(document_kind(document.kind).freeze(document))
    asked, place = CommentFilterForm(request.GET).shown()
    threads = threads_of(
        document,
        request.user,
        shown=shown or asked,
        place=place,
        places=places,
        ids=element_ids(document, places, row_anchors(document)),
    )
    return document_page(
        document_admin,
        request,
        "comment_list",
        title=f"Comments: {document}",
        document=document,
        threads=[(thread, _reply_form(thread.comment, replies)) for thread in threads],
        filters=[(key, label) for key, (label, _) in FILTERS.items()],
        shown=shown or asked,
        place=place,
        place_label=places[place].label if place in places else "",
        form=form or CommentForm(places=places, preset=place),
        may_comment=can(request.user, "comment", document),
        page_url=document_admin.desk_url(document, "comments"),
    )


def _reply_form(comment: Comment, bound: dict[int, ReplyForm] | None) -> ReplyForm:
    """The form as it was sent, where it was refused; otherwise an empty one."""
    return (bound or {}).get(comment.pk) or ReplyForm(auto_id=_reply_id(comment))
