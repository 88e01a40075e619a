"""Cells and options of a list.

Functions and not templates, and plain strings instead of `format_html`: a page draws
some five hundred cells, and this is what makes it quick. Everything that comes from a
row goes through `escape`.
"""

from html import escape

from django import template
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe

from catalog.listing.declaration import Cell, Source
from catalog.listing.pages import OptionLine, RowLine
from catalog.scatter import Scatter

register = template.Library()

MISSING = (
    '<span class="missing" title="No source seen says">–'
    '<span class="visually-hidden"> not known</span></span>'
)


def _safe(parts: list[str]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - what a row holds was escaped


@register.simple_tag
def list_cells(line: RowLine) -> SafeString:
    """The cells of a row after its name. On a phone each names its column."""
    parts = []
    for column, cell in line.cells[1:]:
        label = f"{column.label} ({column.unit})" if column.unit else column.label
        classes = "data-table__cell"
        classes += " number" if column.is_number else ""
        classes += " data-table__cell--wide" if column.is_wide else ""
        parts.append(f'<td class="{classes}" data-label="{escape(label)}">')
        parts.append(f"{cell_html(cell)}</td>")
    return _safe(parts)


@register.simple_tag
def list_name(line: RowLine) -> SafeString:
    """The name of a row, with its link and notes."""
    return _safe([cell_html(line.cells[0][1])])


def cell_html(cell: Cell) -> str:
    if not cell.text:
        return MISSING
    text = escape(cell.text)
    if cell.url:
        away = "" if cell.url.startswith("/") else ' rel="noopener"'
        text = f'<a href="{escape(cell.url)}"{away}>{text}</a>'
    elif cell.value:
        text = f'<data value="{escape(cell.value)}">{text}</data>'
    if cell.kind:
        text = f'<span class="{escape(cell.kind)}">{text}</span>'
    for kind, word in cell.tags:
        modifier = f" tag--{kind}" if kind else ""
        text += f' <span class="tag{modifier}">{escape(word)}</span>'
    for note in cell.notes:
        text += f'<span class="data-table__note">{escape(note)}</span>'
    return text + _proof(cell.source) if cell.source else text


def _proof(source: Source) -> str:
    shown = date_format(source.read_on, "j M Y") if source.read_on else "source"
    return (
        f'<a class="data-table__proof" href="{escape(source.url)}" rel="noopener" '
        f'title="{escape(source.title)}">{shown}'
        '<span class="visually-hidden"> source</span></a>'
    )


@register.simple_tag
def option_lines(name: str, options: list[OptionLine], form: str = "") -> SafeString:
    """Boxes to tick for the parameter `name`, each with the rows it would leave.

    `form` is the id of the form they belong to, where they stand outside of it.
    """
    owner = f' form="{form}"' if form else ""
    return _safe([_option(name, option, owner) for option in options])


def _option(name: str, option: OptionLine, owner: str) -> str:
    checked = " checked" if option.is_ticked else ""
    count = ""
    if option.count:
        count = '<span class="filters__count"><span class="visually-hidden">, rows: '
        count += f"</span>{option.count}</span>"
    return (
        f'<label class="filters__option"><input type="checkbox" '
        f'id="{escape(option.id)}" name="{name}" value="{escape(option.value)}"'
        f'{owner}{checked}><span class="filters__words">{escape(option.label)}</span>'
        f"{count}</label>"
    )


@register.simple_tag
def scatter_points(scatter: Scatter) -> SafeString:
    """A mark for each row: its shape and colour say its kind, its title the figures."""
    return _safe(
        [
            f'<a href="{escape(p.url)}" class="chart__link" tabindex="-1">'
            f'<use class="chart__point chart__point--{p.letter}" '
            f'href="#shape-{p.shape}" x="{p.x}" y="{p.y}"></use>'
            f"<title>{escape(p.words)}</title></a>"
            for p in scatter.points
        ]
    )
