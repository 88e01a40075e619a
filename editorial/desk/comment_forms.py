"""What is asked of somebody who comments."""

from itertools import groupby
from typing import Any

from django import forms

from editorial.desk.threads import FILTERS
from editorial.models import MAX_COMMENT_LENGTH
from editorial.places import Place

TEXT_HELP = f"Plain text, at most {MAX_COMMENT_LENGTH} characters."


class ReplyForm(forms.Form):
    """Without a limit in the browser, which would cut a pasted text short unseen."""

    text = forms.CharField(
        label="Answer", widget=forms.Textarea(attrs={"rows": 3}), help_text=TEXT_HELP
    )


class CommentForm(forms.Form):
    place = forms.ChoiceField(
        label="About",
        required=False,
        error_messages={
            "invalid_choice": "That place is not in the text any more. Choose another."
        },
    )
    text = forms.CharField(
        label="Comment", widget=forms.Textarea(attrs={"rows": 5}), help_text=TEXT_HELP
    )
    is_blocking = forms.BooleanField(
        label="Blocking",
        label_suffix="",
        required=False,
        help_text="The text cannot be approved or published until this is resolved.",
    )

    def __init__(
        self, *args: Any, places: dict[str, Place], preset: str = "", **options: Any
    ) -> None:
        options.setdefault("initial", {"place": preset if preset in places else ""})
        super().__init__(*args, **options)
        self.fields["place"].choices = choices_of(places)


def choices_of(places: dict[str, Place]) -> list[Any]:
    """The closed set of places, grouped by the part of the text they stand in."""
    choices: list[Any] = []
    for part, group in groupby(places.values(), key=_part):
        options = [(place.key, place.label) for place in group]
        choices += options if len(options) == 1 else [(part, options)]
    return choices


def _part(place: Place) -> str:
    return place.label.split(" › ")[0]


class CommentFilterForm(forms.Form):
    """Which comments are shown."""

    show = forms.ChoiceField(
        choices=[(key, label) for key, (label, _) in FILTERS.items()], required=False
    )
    place = forms.CharField(max_length=120, required=False)

    def shown(self) -> tuple[str, str]:
        """What to show, and where; anything unknown falls back to all that is open."""
        if not self.is_valid():
            return "open", ""
        return self.cleaned_data["show"] or "open", self.cleaned_data["place"]
