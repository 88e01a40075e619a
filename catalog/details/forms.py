"""What readers may ask of the facts' pages."""

from collections.abc import Iterable
from typing import Any

from django import forms


class FileFilterForm(forms.Form):
    """Files of one format only."""

    format = forms.CharField(required=False, max_length=12)

    def format_among(self, files: Iterable[Any]) -> str:
        """The format asked for, or nothing when no file has it."""
        asked = self.cleaned_data["format"] if self.is_valid() else ""
        return asked if asked in {file.weight_format for file in files} else ""
