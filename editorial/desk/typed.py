"""What somebody typed into a form, against what the form holds now: field by field."""

from typing import Any

from django.http import HttpRequest

from editorial.desk.opened import DIGEST, KEY, ROWS
from editorial.diffing import Change, word_pieces

UNSHOWN = {"csrfmiddlewaretoken", "seen_lock_version", DIGEST, ROWS, KEY}
MACHINERY = ("-TOTAL_FORMS", "-INITIAL_FORMS", "-MIN_NUM_FORMS", "-MAX_NUM_FORMS")

Named = tuple[str, Any]
"""A bound field with what it is called."""


def typed_changes(
    document_admin: Any, request: HttpRequest, document: Any, fields: list[list[str]]
) -> list[Change]:
    """Each field of the scratch that reads otherwise than the form, in its order."""
    known, blank = _bound_fields(document_admin, request, document)
    changes = []
    for name, value in fields:
        if name in UNSHOWN or name.endswith(MACHINERY):
            continue
        before = ""
        if name in known:
            label, bound = known[name]
            before = _shown(bound, bound.value())
        else:  # a row that was added in the browser
            label, bound = _in_blank_row(name, blank)
        if bound is None or bound.is_hidden or bound.name == "position":
            continue
        after = _shown(bound, value)
        if before.strip() != after.strip():
            pieces = word_pieces(before, after)
            path = tuple(label.split(" › "))
            changes.append(Change(label, "changed", pieces, path=path))
    return changes


def _bound_fields(
    document_admin: Any, request: HttpRequest, document: Any
) -> tuple[dict[str, Named], dict[str, tuple[str, Any]]]:
    """The fields of the form by name, and the blank row of each of its parts."""
    form_class = document_admin.get_form(request, document, change=bool(document))
    form = form_class(instance=document)
    known: dict[str, Named] = {bound.html_name: (bound.label, bound) for bound in form}
    blank = {}
    formsets, _ = document_admin._create_formsets(
        request, document or form.instance, change=bool(document)
    )
    for rows in formsets:
        title = str(rows.model._meta.verbose_name).capitalize()
        blank[rows.prefix] = (title, rows.empty_form)
        for number, row in enumerate(rows.forms, start=1):
            for bound in row:
                known[bound.html_name] = (f"{title} {number} › {bound.label}", bound)
    return known, blank


def _in_blank_row(name: str, blank: dict[str, tuple[str, Any]]) -> Named:
    group, number, field = (name.split("-", 2) + ["", ""])[:3]
    title, form = blank.get(group, ("", None))
    if form is None or field not in form.fields or not number.isdecimal():
        return "", None
    return f"{title} {int(number) + 1} › {form[field].label}", form[field]


def _shown(bound: Any, value: Any) -> str:
    """The words for a value, as the field's own list has them."""
    prepared = bound.field.prepare_value(value)
    listed = getattr(bound.field, "choices", [])
    choices = {str(key): str(label) for key, label in listed}
    text = "" if prepared is None else str(prepared).replace("\r\n", "\n")
    return choices.get(text, text) if text else ""
