"""The style sheet of the mail, worked out once: for light mode inline, for dark apart.

Mail programs know no custom properties, so each `var(--…)` of `mail.css` is replaced by
what `tokens.css` says: its first colour on the elements, its second in a rule for dark
mode that stays in the head.
"""

import re
from functools import cache

import css_inline
from django.conf import settings

CSS = settings.BASE_DIR / "static" / "css"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
TOKEN = re.compile(r"--([\w-]+):\s*light-dark\(([^,]+),\s*([^)]+)\);")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
USE = re.compile(r"var\(--([\w-]+)\)")
LIGHT, DARK = 0, 1


@cache
def _tokens() -> dict[str, tuple[str, str]]:
    text = (CSS / "tokens.css").read_text()
    return {name: (light, dark) for name, light, dark in TOKEN.findall(text)}


def _resolved(text: str, scheme: int) -> str:
    return USE.sub(lambda match: _tokens()[match[1]][scheme], text)


@cache
def _rules() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Selector and declarations of each rule of the sheet."""
    text = COMMENT.sub("", (CSS / "mail.css").read_text())
    return tuple(
        (
            " ".join(selector.split()),
            tuple(line.strip() for line in body.split(";") if line.strip()),
        )
        for selector, body in RULE.findall(text)
    )


@cache
def light_sheet() -> str:
    rules = (f"{selector}{{{';'.join(lines)}}}" for selector, lines in _rules())
    return _resolved("".join(rules), LIGHT)


@cache
def dark_element() -> str:
    """A style element with whatever has another colour in dark mode.

    What stands on an element wins over a sheet, unless the sheet insists.
    """
    rules = []
    for selector, lines in _rules():
        coloured = [line for line in lines if USE.search(line)]
        if coloured:
            told = ";".join(f"{_resolved(line, DARK)} !important" for line in coloured)
            rules.append(f"{selector}{{{told}}}")
    scheme = ":root{color-scheme:light dark;supported-color-schemes:light dark}"
    sheet = f"{scheme}@media (prefers-color-scheme:dark){{{''.join(rules)}}}"
    return f"<style>{sheet}</style>"


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(load_remote_stylesheets=False, extra_css=light_sheet())


def with_styles(html: str) -> str:
    """`html` with its style on each element, and dark mode's rules in its head."""
    return _inliner().inline(html).replace("</head>", f"{dark_element()}</head>", 1)
