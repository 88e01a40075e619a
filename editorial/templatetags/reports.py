"""Links with which readers report a mistake, small and by the dozen."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from editorial.reports.claim_pages import report_path

register = template.Library()


@register.simple_tag
def report_link(path: str, place: str = "", about: str = "") -> SafeString | str:
    """“Report a mistake” in a claim of the page at `path`; no path draws nothing.

    `about` names the claim for those who hear the page, where its surroundings do not.
    """
    return _link(path, place, "Report a mistake", "", about)


@register.simple_tag
def report_mark(path: str, place: str = "", about: str = "") -> SafeString | str:
    """The same in one word, for rows of a table: seen where the row is pointed at."""
    return _link(path, place, "Report", " a mistake", about, "report report--row")


@register.simple_tag
def report_url(path: str) -> str:
    return report_path(path)


def _link(
    path: str, place: str, shown: str, heard: str, about: str, name: str = "report"
) -> SafeString | str:
    if not path:
        return ""
    heard = f"{heard}: {about}" if about else heard
    hidden: SafeString | str = ""
    if heard:
        hidden = format_html('<span class="visually-hidden">{}</span>', heard)
    link = '<a class="{}" href="{}" rel="nofollow">{}{}</a>'
    return format_html(link, name, report_path(path, place), shown, hidden)
