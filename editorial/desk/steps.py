"""The steps of the workflow as the desk offers them: a label, a form, a verb."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from editorial import review, workflow
from editorial.assignment import assign
from editorial.desk.hand_over import (
    HandOverForm,
    offer_reviewers,
    what_is_assigned,
)
from editorial.desk.queues import can_model
from editorial.desk.step_forms import (
    ApproveForm,
    ChangeNoteForm,
    ReasonForm,
    ScheduleForm,
    StepForm,
    VerifyForm,
    WithdrawForm,
)
from editorial.models import Publication
from editorial.rights import objection
from editorial.status import DocumentStatus
from editorial.verifying import ask_for_recheck, verify
from editorial.vocabularies import PublicStatus, ReviewState


def _verify(
    document: Any, *, by: Any, live_digest: str, seen_at: datetime, note: str
) -> None:
    verify(document, by=by, digest=live_digest, seen_at=seen_at, note=note)


def _what_is_live(document: Any) -> dict[str, Any]:
    now = timezone.now()
    live = Publication.objects.of_document(document.uid).live_at(now).for_listing()
    digests = live.values_list("digest", flat=True)
    return {"live_digest": digests.first() or "", "seen_at": now.isoformat()}


def _change_note(document: Any) -> dict[str, Any]:
    return {"note": document.change_note}


def _withdraw(document: Any, *, by: Any, note: str, has_read: bool = True) -> None:
    workflow.withdraw(document, by=by, note=note)


@dataclass(frozen=True)
class Step:
    """One verb of the workflow, from the desk's point of view."""

    verb: str
    label: str
    done: str
    explanation: str
    form: type[forms.Form]
    run: Callable[..., Any]
    is_open: Callable[[Any, DocumentStatus], bool]
    shows_differences: bool = True
    is_grave: bool = False
    shows_uses: bool = False
    initial: Callable[[Any], dict[str, Any]] = lambda document: {}
    prepare: Callable[[Any, Any], None] = lambda form, document: None

    def form_for(self, document: Any, data: Any, initial: dict[str, Any]) -> forms.Form:
        form = self.form(data, initial=initial | self.initial(document))
        self.prepare(form, document)
        return form


def _may_submit(document: Any, status: DocumentStatus) -> bool:
    states = {ReviewState.DRAFT, ReviewState.CHANGES_REQUESTED}
    is_news = status.has_unpublished_changes or status.public in {
        PublicStatus.UNPUBLISHED,
        PublicStatus.RETIRED,
    }
    return document.review_state in states and is_news


def _is_approved(document: Any, status: DocumentStatus) -> bool:
    return document.review_state == ReviewState.APPROVED


STEPS = {
    step.verb: step
    for step in (
        Step(
            verb="submit",
            label="Send to review",
            done="sent to review",
            explanation="Somebody with the right to approve reads it next.",
            form=HandOverForm,
            run=review.submit,
            is_open=_may_submit,
            prepare=offer_reviewers,
        ),
        Step(
            verb="approve",
            label="Approve this version",
            done="approved",
            explanation="You approve exactly the text below. Any later edit voids it.",
            form=ApproveForm,
            run=review.approve,
            is_open=lambda document, status: (
                document.review_state == ReviewState.IN_REVIEW
            ),
        ),
        Step(
            verb="request_changes",
            label="Ask for changes",
            done="given back to its writer",
            explanation="The text goes back to its writer with your reason.",
            form=ReasonForm,
            run=review.request_changes,
            is_open=lambda document, status: (
                document.review_state in {ReviewState.IN_REVIEW, ReviewState.APPROVED}
            ),
        ),
        Step(
            verb="assign",
            label="Assign",
            done="assigned",
            explanation="You say who reviews the text, and until when.",
            form=HandOverForm,
            run=assign,
            is_open=lambda document, status: (
                document.review_state == ReviewState.IN_REVIEW
            ),
            shows_differences=False,
            initial=what_is_assigned,
            prepare=offer_reviewers,
        ),
        Step(
            verb="publish",
            label="Publish now",
            done="published",
            explanation="Readers see the text below from this moment on.",
            form=ChangeNoteForm,
            run=workflow.publish,
            is_open=_is_approved,
            initial=_change_note,
        ),
        Step(
            verb="schedule",
            label="Schedule",
            done="scheduled",
            explanation="Readers see the text below from the moment you choose.",
            form=ScheduleForm,
            run=workflow.schedule,
            is_open=_is_approved,
            initial=_change_note,
        ),
        Step(
            verb="cancel",
            label="Cancel the schedule",
            done="taken off the schedule",
            explanation="What is live now stays live.",
            form=StepForm,
            run=workflow.cancel,
            is_open=lambda document, status: status.upcoming is not None,
            shows_differences=False,
        ),
        Step(
            verb="verify",
            label="Verify",
            done="verified",
            explanation="You say that you checked the published text and that it "
            "still holds. Readers see today's date as the day of the last check. "
            "No new version is made.",
            form=VerifyForm,
            run=_verify,
            is_open=lambda document, status: status.public == PublicStatus.PUBLISHED,
            shows_differences=False,
            initial=_what_is_live,
        ),
        Step(
            verb="recheck",
            label="Ask for a re-check",
            done="marked for a re-check",
            explanation="The page stays as it is. Readers see that it is due for a "
            "re-check, and it stands on the list of those until somebody verifies it "
            "or publishes a new version.",
            form=ReasonForm,
            run=ask_for_recheck,
            is_open=lambda document, status: status.public == PublicStatus.PUBLISHED,
            shows_differences=False,
        ),
        Step(
            verb="withdraw",
            label="Withdraw",
            done="withdrawn",
            explanation="The page goes away for readers; its address answers that "
            "it was withdrawn. The working copy and all versions stay.",
            form=WithdrawForm,
            run=_withdraw,
            is_open=lambda document, status: (
                status.public in {PublicStatus.PUBLISHED, PublicStatus.SCHEDULED}
            ),
            shows_differences=False,
            is_grave=True,
            shows_uses=True,
        ),
    )
}


LEADS_ON = {"submit", "approve", "publish"}


@dataclass(frozen=True)
class OfferedStep:
    """A step that the document is ready for, and why this person may not take it."""

    step: Step
    objection: str | None

    @property
    def is_next(self) -> bool:
        """Whether it leads the text on towards its readers."""
        return self.objection is None and self.step.verb in LEADS_ON


def offered_steps(
    document: Any, status: DocumentStatus, user: Any
) -> list[OfferedStep]:
    """What can happen to `document` next, in the order of the workflow.

    A step of another role is left out; one of the person's own that this text forbids
    is told with its reason.
    """
    return [
        OfferedStep(step, objection(user, step.verb, document))
        for step in STEPS.values()
        if step.is_open(document, status) and can_model(user, step.verb, type(document))
    ]
