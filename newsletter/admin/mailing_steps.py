"""What the desk can do with a mailing and with one letter: a label, a form, a verb."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone

from editorial.rights import objection
from newsletter import mailings
from newsletter.models import Letter, LetterState, Mailing, MailingState
from newsletter.models.mailing import ON_THE_WAY


class PaceForm(forms.Form):
    per_second = forms.IntegerField(
        label="Mails a second",
        min_value=1,
        max_value=mailings.MAX_PER_SECOND,
        help_text="All workers together. Your provider says how many it takes.",
    )


class SureForm(forms.Form):
    """Asked before what cannot be undone."""

    is_sure = forms.BooleanField(
        label="Whoever has not got it yet will never get it. This cannot be undone."
    )


@dataclass(frozen=True)
class MailStep:
    """One verb. `run(row, by=…, **what the form asks)` is of the process module.

    `is_open(row)` says whether the row is where the step begins.
    """

    verb: str
    label: str
    done: str
    explanation: str
    run: Callable[..., Any]
    is_open: Callable[[Any], bool]
    form: type[forms.Form] = forms.Form
    is_grave: bool = False

    @property
    def slug(self) -> str:
        return self.verb.replace("_", "-")


def _by_verb(*steps: MailStep) -> Mapping[str, MailStep]:
    return {step.verb: step for step in steps}


def _waits(mailing: Mailing) -> bool:
    return mailing.state == MailingState.PAUSED


def _is_stale(mailing: Mailing) -> bool:
    return mailing.is_stale_at(timezone.now())


def _is_undecided(letter: Letter) -> bool:
    is_off = letter.mailing is not None and letter.mailing.is_called_off
    return letter.state in {LetterState.UNCERTAIN, LetterState.FAILED} and not is_off


MAILING_STEPS = _by_verb(
    MailStep(
        verb="resume",
        label="Go on",
        done="going on",
        explanation="It goes on with those who have not got it yet.",
        run=mailings.resume,
        is_open=lambda mailing: _waits(mailing) and not _is_stale(mailing),
    ),
    MailStep(
        verb="send_anyway",
        label="Send anyway",
        done="going out after all",
        explanation="It has waited for more than two days. Look whether all that it "
        "says still holds, then let it go on.",
        run=mailings.send_anyway,
        is_open=lambda mailing: _waits(mailing) and _is_stale(mailing),
    ),
    MailStep(
        verb="pause",
        label="Pause",
        done="paused",
        explanation="Nothing more goes out until somebody lets it go on.",
        run=mailings.pause,
        is_open=lambda mailing: mailing.state in ON_THE_WAY,
    ),
    MailStep(
        verb="call_off",
        label="Call off the rest",
        done="called off",
        explanation="",
        run=lambda mailing, by, is_sure: mailings.call_off(mailing, by=by),
        is_open=lambda mailing: not mailing.is_over,
        form=SureForm,
        is_grave=True,
    ),
    MailStep(
        verb="set_pace",
        label="Change the pace",
        done="set to another pace",
        explanation="",
        run=mailings.set_pace,
        is_open=lambda mailing: not mailing.is_over,
        form=PaceForm,
    ),
)

LETTER_STEPS = _by_verb(
    MailStep(
        verb="send_again",
        label="Send again",
        done="waiting to be sent again",
        explanation="If it did go out, the reader gets it twice.",
        run=mailings.send_again,
        is_open=_is_undecided,
    ),
    MailStep(
        verb="leave_unsent",
        label="Leave it",
        done="left as it is",
        explanation="If it did not go out, the reader goes without it.",
        run=mailings.leave_unsent,
        is_open=_is_undecided,
    ),
)


@dataclass(frozen=True)
class OfferedStep:
    """A step that the row is ready for, its form, and why this person may not."""

    step: MailStep
    form: forms.Form
    objection: str | None


def offered_steps(
    steps: Mapping[str, MailStep],
    row: Mailing | Letter,
    user: Any,
    sent: tuple[str, forms.Form] | None = None,
) -> list[OfferedStep]:
    """What can happen next; `sent` is a verb whose form came back with errors."""
    return [
        OfferedStep(
            step,
            sent[1]
            if sent and sent[0] == step.verb
            else step.form(initial={"per_second": getattr(row, "per_second", None)}),
            objection(user, step.verb, row),
        )
        for step in steps.values()
        if step.is_open(row)
    ]
