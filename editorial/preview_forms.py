"""What an invited reader fills in, and what tells people from programs."""

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError

from editorial.models import MAX_COMMENT_LENGTH, PreviewLink
from editorial.places import places_in

LEAST_SECONDS = 4
MOST_SECONDS = 24 * 60 * 60
MAX_NAME_LENGTH = 80
SALT = "editorial.preview_forms"


class ReaderCommentForm(forms.Form):
    """A name, a text and a place; bound to one link and to when the page was opened."""

    name = forms.CharField(
        label="Your name",
        max_length=MAX_NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    place = forms.ChoiceField(label="About", required=False)
    text = forms.CharField(
        label="What you want to say",
        max_length=MAX_COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    website = forms.CharField(
        label="Leave this empty: it is there for programs",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    opened = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, link: PreviewLink, **options: Any) -> None:
        super().__init__(*args, auto_id="comment-%s", **options)
        self._signer = signing.TimestampSigner(salt=f"{SALT}.{link.pk}")
        self.fields["place"].choices = [
            (place.key, place.label) for place in places_in(link.body).values()
        ]
        self.fields["opened"].initial = self._signer.sign("opened")

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError("Empty this field and send the comment again.")
        return ""

    def clean_opened(self) -> str:
        """Too quick for a person, or a page that was left open for a day."""
        opened = self.cleaned_data["opened"]
        try:
            self._signer.unsign(opened, max_age=MOST_SECONDS)
        except signing.BadSignature as error:
            self._open_again()
            raise ValidationError(
                "This page was open for more than a day. Your text is still here: "
                "send it again."
            ) from error
        try:
            self._signer.unsign(opened, max_age=LEAST_SECONDS)
        except signing.SignatureExpired:
            return str(opened)
        raise ValidationError(
            f"That took less than {LEAST_SECONDS} seconds. Your text is still here: "
            "read it once more and send it again."
        )

    def _open_again(self) -> None:
        """A fresh time for the next try, in a copy of what was sent."""
        self.data = self.data.copy()
        self.data["opened"] = self._signer.sign("opened")

    def comment(self) -> dict[str, str]:
        """What is to be kept, once the form is valid."""
        data = self.cleaned_data
        return {
            "author_name": data["name"],
            "text": data["text"],
            "place": data["place"],
        }
