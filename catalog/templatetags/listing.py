"""Cells of a list: a function and not a template, for a page draws hundreds."""

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from catalog.listing.declaration import Cell
from catalog.listing.pages import RowLine

register = template.Library()

MISSING = mark_safe(
    '<span class="missing" title="No source seen says">–'
    '<span class="visually-hidden"> not known</span></span>'
)


@register.simple_tag
def list_cells(line: RowLine) -> SafeString:
    """The cells of a row after its name. On a phone each names its column."""
    parts = []
    for column, cell in line.cells[1:]:
        label = f"{column.label} ({column.unit})" if column.unit else column.label
        parts.append(
            format_html(
                '<td class="data-table__cell{}" data-label="{}">{}</td>',
                " number" if column.is_number else "",
                label,
                cell_html(cell),
            )
        )
    return mark_safe("".join(parts))  # noqa: S308 - each part was escaped above


@register.simple_tag
def list_name(line: RowLine) -> SafeString:
    """The name of a row, with its link and notes."""
    return cell_html(line.cells[0][1])


def cell_html(cell: Cell) -> SafeString:
    if not cell.text:
        return MISSING
    text: SafeString | str = cell.text
    if cell.url:
        away = "" if cell.url.startswith("/") else mark_safe(' rel="noopener"')
        text = format_html('<a href="{}"{}>{}</a>', cell.url, away, text)
    elif cell.value:
        text = format_html('<data value="{}">{}</data>', cell.value, text)
    if cell.kind:
        text = format_html('<span class="{}">{}</span>', cell.kind, text)
    tags = format_html_join(
        "",
        ' <span class="tag{}">{}</span>',
        ((f" tag--{kind}" if kind else "", word) for kind, word in cell.tags),
    )
    notes = format_html_join(
        "", '<span class="data-table__note">{}</span>', ((note,) for note in cell.notes)
    )
    return format_html("{}{}{}{}", text, tags, notes, _proof(cell))


def _proof(cell: Cell) -> SafeString | str:
    if cell.source is None:
        return ""
    day = cell.source.read_on
    return format_html(
        '<a class="data-table__proof" href="{}" rel="noopener" title="{}">{}'
        '<span class="visually-hidden"> source</span></a>',
        cell.source.url,
        cell.source.title,
        date_format(day, "j M Y") if day else "source",
    )
