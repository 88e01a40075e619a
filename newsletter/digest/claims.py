"""What an issue says, item by item, for readers who report a mistake in it."""

from editorial.freezing import Body
from editorial.reading import live_page
from editorial.reports.claim_pages import (
    Claim,
    ClaimPage,
    joined,
    plain_text,
    register_claim_page,
    short,
)
from newsletter.digest.addresses import ARCHIVE


def issue_claims(path: str) -> ClaimPage | None:
    """The issue at an address of the archive, or the archive itself."""
    if path == ARCHIVE:
        return ClaimPage(path, "Newsletter archive")
    page = live_page(path) if path.startswith(ARCHIVE) else None
    if page is None:
        return None
    body = page.body
    items = [
        Claim(
            f"item-{short(row['uid'])}",
            row["title"],
            joined(row["title"], row["text"]),
            row["group"],
        )
        for row in body["items"]
    ]
    return ClaimPage(
        path=path,
        title=body["title"],
        kind=page.kind.name,
        uid=page.meta.document_uid,
        version=page.meta.version,
        text_digest=page.meta.digest,
        changes_path=f"{page.meta.path}history/",
        claims=[*_note(body), *items],
    )


def _note(body: Body) -> list[Claim]:
    text = plain_text(body["note"]["html"])
    return [Claim("note", "From the editor", text, "note")] if text else []


def register() -> None:
    register_claim_page(issue_claims, order=20)
