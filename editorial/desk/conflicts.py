"""Two people saved: both texts side by side, and the one made of them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from editorial.desk.meeting import Meeting, sent_decisions
from editorial.desk.opened import KEY, parsed_key
from editorial.desk.pages import document_for, document_page
from editorial.desk.texts import text_called
from editorial.diffing import changes_between
from editorial.drafts import StaleSaveError, keep_conflicting_text
from editorial.freezing import Body
from editorial.problems import NotAllowedError, NotReadyError
from editorial.reconciling import last_saver, opened_text, save_merged, with_note
from editorial.registry import document_kind
from editorial.scratch import drop_scratch

CONFLICT = 409
REFUSALS = (NotAllowedError, NotReadyError, ValueError)


class MeetingForm(forms.Form):
    """Where the texts of a conflict are kept: two states of the draft, and mine."""

    base_state = forms.IntegerField(widget=forms.HiddenInput)
    base_digest = forms.CharField(widget=forms.HiddenInput, required=False)
    seen_state = forms.IntegerField(widget=forms.HiddenInput)
    seen_digest = forms.CharField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(widget=forms.HiddenInput)
    scratch_key = forms.CharField(widget=forms.HiddenInput, required=False)

    def state(self, document: Any, name: str) -> Body | None:
        data = self.cleaned_data
        body = opened_text(
            document,
            lock_version=data[f"{name}_state"],
            digest=data[f"{name}_digest"],
        )
        return None if body is None else with_note(body, "")

    def meeting(self, document: Any, decisions: Any) -> Meeting | None:
        """The conflict as it was shown; None when one of its texts is gone."""
        mine = text_called(document, self.cleaned_data["text"])
        base, theirs = self.state(document, "base"), self.state(document, "seen")
        if document.lock_version == self.cleaned_data["seen_state"]:
            theirs = _working_text(document)
        if base is None or theirs is None or mine is None or mine.body is None:
            return None
        return Meeting.of(
            document,
            base=base,
            theirs=theirs,
            mine=with_note(mine.body, ""),
            decisions=decisions,
        )


def _working_text(document: Any) -> Body:
    body = document_kind(document.kind).freeze(document)
    return with_note(body, document.change_note)


def conflict_page(
    document_admin: Any,
    request: HttpRequest,
    row: Any,
    *,
    base: Body | None,
    mine: Body,
    state: int,
    digest: str,
) -> HttpResponse:
    """What the second of two people sees. Their text is kept before anything else.

    `base` is what they had opened, at `state` and with `digest`.
    """
    theirs = _working_text(row)
    changes = changes_between(theirs, mine)
    if not changes:
        messages.info(request, "Nothing to save: the text already reads like this.")
        return redirect(document_admin.change_url(row))
    kept = keep_conflicting_text(row, mine, by=request.user)
    initial = {
        "base_state": state,
        "base_digest": digest,
        "seen_state": row.lock_version,
        "seen_digest": row.working_digest,
        "text": f"checkpoint-{kept.pk}",
        "scratch_key": request.POST.get(KEY, ""),
    }
    meeting = None
    if base is not None:
        base = with_note(base, "")
        meeting = Meeting.of(row, base=base, theirs=theirs, mine=mine)
    form = MeetingForm(initial=initial, auto_id=False)
    return _page(document_admin, request, row, form, meeting, changes=changes)


def _page(
    document_admin: Any,
    request: HttpRequest,
    row: Any,
    form: MeetingForm,
    meeting: Meeting | None,
    **more: Any,
) -> HttpResponse:
    response = document_page(
        document_admin,
        request,
        "conflict",
        title="Somebody else saved first",
        document=row,
        saver=last_saver(row),
        form=form,
        meeting=meeting,
        merge_url=document_admin.desk_url(row, "merge"),
        restore_url=document_admin.desk_url(row, "restore"),
        **more,
    )
    response.status_code = CONFLICT
    return response


@require_POST
def merge_texts(
    request: HttpRequest, object_id: int, *, document_admin: Any
) -> HttpResponse:
    """Save the text made of two, once every conflict is decided."""
    document = document_for(document_admin, request, object_id, "edit")
    form = MeetingForm(request.POST, auto_id=False)
    decisions = sent_decisions(request.POST)
    meeting = form.meeting(document, decisions) if form.is_valid() else None
    if meeting is None:
        messages.error(request, "That conflict is over. Compare your text by hand.")
        return redirect(document_admin.desk_url(document, "versions"))
    problems = [f"Decide about: {name}." for name in meeting.undecided()]
    if problems:
        return _page(
            document_admin, request, document, form, meeting, problems=problems
        )
    return _saved(document_admin, request, document, form, meeting)


def _saved(
    document_admin: Any,
    request: HttpRequest,
    document: Any,
    form: MeetingForm,
    meeting: Meeting,
) -> HttpResponse:
    body, data = meeting.decided(), form.cleaned_data
    try:
        save_merged(
            document,
            by=request.user,
            body=body,
            lock_version=data["seen_state"],
            note=f"Merged with the text of {last_saver(document)}.",
        )
    except StaleSaveError as error:  # a third person: what was decided is mine now
        base = form.state(document, "seen")
        state = {"state": data["seen_state"], "digest": data["seen_digest"]}
        return conflict_page(
            document_admin, request, error.document, base=base, mine=body, **state
        )
    except (*REFUSALS, IntegrityError) as error:
        problems = _sentences(error)
        return _page(
            document_admin, request, document, form, meeting, problems=problems
        )
    drop_scratch(request.user, parsed_key(data["scratch_key"]))
    messages.success(request, "Both texts are saved as one.")
    return redirect(document_admin.change_url(document))


def _sentences(error: Exception) -> list[str]:
    if isinstance(error, IntegrityError):
        return ["Another document has this slug or subject. Decide for other words."]
    problems = getattr(error, "problems", None)
    return [str(problem) for problem in problems] if problems else [str(error)]
