"""The form with which readers report a mistake."""

from django import forms

from editorial.anonymous_forms import AnonymousForm
from editorial.models.report import MESSAGE_LENGTH
from editorial.reports.answering import ADDRESS_KEPT_DAYS
from editorial.reports.claim_pages import LONGEST_PATH, Spot, Target

SHORTEST_MESSAGE = 10
LABEL_SHOWN = 90
GENERAL = ("", "The page in general")


class AskedForm(forms.Form):
    """Which page and claim an address names. Whatever it says, it is never printed."""

    page = forms.CharField(required=False, max_length=LONGEST_PATH)
    place = forms.CharField(required=False, max_length=80)

    @classmethod
    def of(cls, data) -> tuple[str, str]:
        form = cls(data)
        form.full_clean()
        asked = form.cleaned_data
        return asked.get("page", ""), asked.get("place", "")


class ReportForm(AnonymousForm):
    """What is wrong, where the right value stands, and where to answer."""

    purpose = "report"
    field_order = ["place", "message", "proof_url", "mail_address", "website", "began"]

    place = forms.ChoiceField(
        label="What it is about",
        required=False,
        error_messages={
            "invalid_choice": "The page does not say that any more. Choose again."
        },
    )
    message = forms.CharField(
        label="What is wrong",
        min_length=SHORTEST_MESSAGE,
        max_length=MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=f"In your words, {SHORTEST_MESSAGE} to 2,000 characters.",
        error_messages={
            "required": "Say what is wrong: without it nobody can look.",
            "min_length": f"Say a little more: at least {SHORTEST_MESSAGE} characters.",
            "max_length": "This is too long: the desk reads up to 2,000 characters, "
            "and you sent %(show_value)d.",
        },
    )
    proof_url = forms.URLField(
        label="Where the right value stands",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="An address, if you have one. It makes checking quicker.",
        error_messages={"invalid": "This is not an address of a page on the web."},
    )
    mail_address = forms.EmailField(
        label="Your mail address",
        required=False,
        max_length=254,
        help_text="Only if you want to hear what came of it: one mail, nothing else. "
        "It is shown to nobody outside the desk and erased "
        f"{ADDRESS_KEPT_DAYS} days after the answer.",
        error_messages={"invalid": "This is not a mail address. It may stay empty."},
    )

    def __init__(self, data=None, *, target: Target, asked: str = "") -> None:
        """`asked` is the place that the link named: one claim, or several together."""
        self.target = target
        self.asked = asked
        cells = target.row(asked)
        self.spot = None if cells else target.spot(asked)
        super().__init__(data)
        offered = target.section(asked) or target.spots
        if self.spot is not None or not offered:
            del self.fields["place"]
        elif cells:
            row = (asked, f"The whole row: {cells[0].claim.row_label}")
            self.fields["place"].choices = [row, *_options(cells), GENERAL]
        else:
            self.fields["place"].choices = [GENERAL, *_options(offered)]

    @property
    def asked_again(self) -> str:
        """The place to come back with: a claim, row or section of the page, or none."""
        target = self.target
        is_known = self.spot or target.row(self.asked) or target.section(self.asked)
        return self.asked if is_known else ""

    @property
    def chosen_spot(self) -> Spot:
        """What the report is about, once the form is valid."""
        if self.spot is not None:
            return self.spot
        place = self.cleaned_data.get("place", "")
        return self.target.spot(place) or Spot(self.target.pages[0])


def _options(spots: list[Spot]) -> list:
    """The claims in words; by the text that makes them where there are several."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for spot in spots:
        words = f"{spot.label}: {spot.quote}" if spot.quote else spot.label
        if len(words) > LABEL_SHOWN:
            words = f"{words[: LABEL_SHOWN - 1].rstrip()}…"
        groups.setdefault(spot.page.title, []).append((spot.place, words))
    return list(groups.items()) if len(groups) > 1 else next(iter(groups.values()))
