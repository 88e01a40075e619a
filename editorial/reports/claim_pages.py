"""What the pages of the site say, claim by claim, so that a reader can point at one.

Apps register in `AppConfig.ready()` who answers for which addresses. A text that stands
on another app's page, as a verdict does, is found under that page's address too.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import quote
from uuid import UUID

from django.urls import reverse
from django.utils.html import strip_tags

from editorial.freezing import canonical

LONGEST_PATH = 300
SHORT = 8
"""Digits of a uid that tell the claims of one page apart, in an address."""

_PATH = re.compile(r"/[\w./%~+@:-]*")
_TAILS = ("changes/", "history/", "embed/")
"""Pages about a page: what is wrong on one is wrong with what it speaks of."""


@dataclass(frozen=True)
class Claim:
    """One thing that a page says.

    `place` names it in an address and keeps its meaning from version to version.
    `row` is the place of several together, the cells of a row that is called
    `row_label`; `section` is the anchor of the section where it stands.
    """

    place: str
    label: str
    text: str
    section: str = ""
    row: str = ""
    row_label: str = ""


@dataclass(frozen=True)
class ClaimPage:
    """A page or a text on one, with what it says. A fact has no version.

    `changes_path` is where readers see what has changed in it.
    """

    path: str
    title: str
    kind: str = ""
    uid: UUID | None = None
    version: int | None = None
    text_digest: str = ""
    changes_path: str = ""
    claims: list[Claim] = field(default_factory=list)

    def claim_at(self, place: str) -> Claim | None:
        """The claim at `place`, or a row with all that its cells say; None for none."""
        if not place:
            return None
        cells = [claim for claim in self.claims if claim.row == place]
        if cells:
            text = "\n".join(f"{claim.label}: {claim.text}" for claim in cells)
            return Claim(place, cells[0].row_label, text, cells[0].section)
        return next((claim for claim in self.claims if claim.place == place), None)

    @property
    def digest(self) -> str:
        """Of the published text, or of what the facts say now."""
        if self.text_digest or not self.claims:
            return self.text_digest
        said = canonical([[claim.place, claim.text] for claim in self.claims])
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True)
class Spot:
    """A claim with the text or fact that makes it; no claim is the page in general."""

    page: ClaimPage
    claim: Claim | None = None

    @property
    def place(self) -> str:
        return self.claim.place if self.claim else ""

    @property
    def label(self) -> str:
        return self.claim.label if self.claim else ""

    @property
    def quote(self) -> str:
        return self.claim.text if self.claim else ""


@dataclass(frozen=True)
class Target:
    """Everything at one address: the page first, then the texts that stand on it."""

    pages: list[ClaimPage]

    @property
    def path(self) -> str:
        return self.pages[0].path

    @property
    def title(self) -> str:
        return self.pages[0].title

    @property
    def spots(self) -> list[Spot]:
        return [Spot(page, claim) for page in self.pages for claim in page.claims]

    def spot(self, place: str) -> Spot | None:
        """The claim or row at `place`; None where there is none, or not any more."""
        found = ((page, page.claim_at(place)) for page in self.pages)
        return next((Spot(page, claim) for page, claim in found if claim), None)

    def row(self, place: str) -> list[Spot]:
        """The cells of the row called `place`; none where that is no row."""
        return [spot for spot in self.spots if _part_of(spot, "row") == place != ""]

    def section(self, place: str) -> list[Spot]:
        """The claims under the anchor `place`; none where that is no section."""
        return [spot for spot in self.spots if _part_of(spot, "section") == place != ""]


def _part_of(spot: Spot, name: str) -> str:
    return str(getattr(spot.claim, name, ""))


SITE = ClaimPage(path="", title="The site as a whole")

Finder = Callable[[str], ClaimPage | None]
_finders: list[tuple[int, Finder]] = []


def register_claim_page(finder: Finder, *, order: int) -> None:
    """`finder(path)` answers what stands at an address, or None.

    Of several that answer, the one of the lowest order is the page itself.
    """
    _finders.append((order, finder))


def target_at(path: str) -> Target:
    """What stands at an address that came from outside; else the site as a whole.

    Nothing of the address is repeated: an unknown one names no page.
    """
    if len(path) > LONGEST_PATH or not _PATH.fullmatch(path):
        return Target([SITE])
    for tail in _TAILS:
        path = path.removesuffix(tail)
    finders = sorted(_finders, key=lambda pair: pair[0])
    pages = [page for _, find in finders if (page := find(path)) is not None]
    return Target(pages or [SITE])


def short(uid: UUID | str) -> str:
    return str(uid)[:SHORT]


def plain_text(html: str) -> str:
    """The words of a frozen text, a paragraph a line."""
    text = unescape(
        strip_tags(html.replace("</p>", "</p>\n").replace("</li>", "</li>\n"))
    )
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def joined(*parts: str, by: str = ". ") -> str:
    """The parts that are not empty, with one mark between them.

    >>> joined("Strong", "", "So it says.", "1.2")
    'Strong. So it says. 1.2'
    """
    *first, last = [part.strip() for part in parts if part.strip()] or [""]
    return by.join([*(text.rstrip(".") for text in first), last])


def report_path(path: str, place: str = "") -> str:
    """The form, filled in for a claim of the page at `path`."""
    if not path:
        return reverse("report")
    address = f"{reverse('report')}?page={quote(path)}"
    return f"{address}&place={quote(place)}" if place else address
