"""What the desk can do with a reader's report: a label, a form, a verb."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone

from editorial.models import Publication, Report
from editorial.reports import handling
from editorial.reports.claim_pages import ClaimPage
from editorial.reports.handling import Fix
from editorial.rights import objection
from editorial.vocabularies import ReportState

FACT = "fact"
SENTENCE = forms.Textarea(attrs={"rows": 2})


class StepForm(forms.Form):
    """Nothing to ask. `report` and `page` are what the step is about."""

    def __init__(self, data: Any, *, report: Report, page: ClaimPage, prefix: str):
        self.report = report
        self.page = page
        super().__init__(data, prefix=prefix)


class FixForm(StepForm):
    """Two sentences for readers, and where the mistake was corrected."""

    was_wrong = forms.CharField(
        label="What was wrong",
        max_length=300,
        widget=SENTENCE,
        help_text="One sentence for readers: it stands in the public log.",
    )
    says_now = forms.CharField(
        label="What it says now",
        max_length=300,
        widget=SENTENCE,
        help_text="One sentence for readers.",
    )
    fixed_by = forms.ChoiceField(
        label="Corrected by",
        error_messages={"required": "Say which version or which fact corrects it."},
    )
    is_public = forms.BooleanField(
        label="Put it into the public log",
        required=False,
        initial=True,
        help_text="Leave it out only where nothing that a page claims was wrong, as "
        "with a spelling mistake.",
    )

    def __init__(self, data: Any, **options: Any):
        super().__init__(data, **options)
        self.versions = versions_since(self.report)
        self.fields["fixed_by"].choices = [
            ("", "Choose"),
            *(
                (f"version-{row.version}", f"Version {row.version}: {row.change_note}")
                for row in self.versions
            ),
            (FACT, "A fact of the catalogue, changed since"),
        ]

    @property
    def fix(self) -> Fix:
        name, _, number = self.cleaned_data["fixed_by"].partition("-")
        path = self.page.changes_path
        if number:
            return Fix(int(number), path)
        return Fix(None, "" if self.page.version else path)  # a fact under a text


class ReasonForm(StepForm):
    reason = forms.CharField(
        label="Why it is no mistake",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The reader gets exactly this, if they left an address.",
    )


class DuplicateForm(StepForm):
    of = forms.ModelChoiceField(
        label="The report that it repeats",
        queryset=Report.objects.none(),
        help_text="Only reports on the same page can be chosen.",
    )

    def __init__(self, data: Any, **options: Any):
        super().__init__(data, **options)
        self.fields["of"].queryset = Report.objects.on_same_page(self.report)
        self.fields["of"].label_from_instance = _as_choice


def _as_choice(report: Report) -> str:
    return f"{report.received_at:%d %b %Y}: {report.message[:80]}"


def versions_since(report: Report) -> list[Publication]:
    """What readers got to see of the document after the report came in."""
    if report.subject_uid is None:
        return []
    rows = Publication.objects.of_document(report.subject_uid).shown_by(timezone.now())
    return list(rows.begun_after(report.received_at).for_listing())


@dataclass(frozen=True)
class ReportStep:
    """One verb. `run(report, by, form)` calls the process module."""

    verb: str
    label: str
    done: str
    explanation: str
    run: Callable[[Report, Any, Any], Any]
    form: type[StepForm] = StepForm
    is_grave: bool = False
    is_open: Callable[[Report], bool] = lambda report: report.is_open

    @property
    def slug(self) -> str:
        return self.verb.replace("_", "-")


STEPS: Mapping[str, ReportStep] = {
    step.verb: step
    for step in (
        ReportStep(
            verb="take",
            label="Take it",
            done="yours now",
            explanation="Others see that you look at it.",
            run=lambda report, by, form: handling.take(report, by=by),
        ),
        ReportStep(
            verb="accept",
            label="Accept: the reader is right",
            done="accepted",
            explanation="It stays open until the correction is public.",
            run=lambda report, by, form: handling.accept(report, by=by),
            is_open=lambda report: report.state == ReportState.NEW,
        ),
        ReportStep(
            verb="fix",
            label="Corrected",
            done="closed as corrected",
            explanation="Publish the new version or change the fact first.",
            form=FixForm,
            run=lambda report, by, form: handling.fix(
                report,
                by=by,
                was_wrong=form.cleaned_data["was_wrong"],
                says_now=form.cleaned_data["says_now"],
                fix=form.fix,
                is_public=form.cleaned_data["is_public"],
            ),
        ),
        ReportStep(
            verb="refuse",
            label="Not a mistake",
            done="closed: not a mistake",
            explanation="The page stays as it is.",
            form=ReasonForm,
            run=lambda report, by, form: handling.refuse(
                report, by=by, reason=form.cleaned_data["reason"]
            ),
        ),
        ReportStep(
            verb="mark_duplicate",
            label="Duplicate",
            done="closed as a duplicate",
            explanation="Somebody reported the same before.",
            form=DuplicateForm,
            run=lambda report, by, form: handling.mark_duplicate(
                report, by=by, of=form.cleaned_data["of"]
            ),
        ),
        ReportStep(
            verb="mark_spam",
            label="Spam",
            done="closed as spam",
            explanation="Nobody is answered, and the address is forgotten at once.",
            run=lambda report, by, form: handling.mark_spam(report, by=by),
            is_grave=True,
        ),
    )
}


@dataclass(frozen=True)
class OfferedStep:
    """A step that the report is ready for, its form, and why this person may not."""

    step: ReportStep
    form: StepForm
    objection: str | None


def offered_steps(
    report: Report, page: ClaimPage, user: Any, sent: StepForm | None = None
) -> list[OfferedStep]:
    """What can happen to `report` next; `sent` is a form that came back with errors."""
    offers = []
    for step in STEPS.values():
        if not step.is_open(report):
            continue
        form = step.form(None, report=report, page=page, prefix=step.verb)
        if sent is not None and sent.prefix == step.verb:
            form = sent
        offers.append(OfferedStep(step, form, objection(user, step.verb, report)))
    return offers
