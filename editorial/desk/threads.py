"""Comments as the desk shows them: beside the form, at its fields, on their page."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from editorial.desk.addresses import desk_address
from editorial.desk.form_places import element_ids
from editorial.freezing import Body
from editorial.models import Comment, MutedDocument
from editorial.places import Place, places_in
from editorial.rights import can, resolvable_by

SHOWN_IN_PANEL = 6


@dataclass(frozen=True)
class CommentLink:
    """Beside a field or a row: the way to comment on it, and what is open there."""

    url: str
    label: str
    open_count: int


@dataclass(frozen=True)
class PanelComments:
    """What the panel and the form show of the comments on one document."""

    open: list[Comment]
    open_count: int
    blocking_count: int
    is_muted: bool
    may_comment: bool
    page_url: str
    places: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def link_at(self, element_id: str) -> CommentLink | None:
        """For every field of the head and every row; for others once commented on."""
        place = self.places.get(element_id)
        count = self.counts.get(element_id, 0)
        if place is None or not (count or self.may_comment):
            return None
        is_field_of_row = "-" in place and "." in place
        if is_field_of_row and not count:
            return None
        query = urlencode({"place": place})
        target = "" if count else "#new-comment"
        return CommentLink(
            f"{self.page_url}?{query}{target}", self.labels[place], count
        )


def panel_comments(
    document: Any, user: Any, *, body: Body, rows: dict[str, str]
) -> PanelComments:
    """In three statements, and those of the rights, however many comments there are."""
    threads = list(Comment.objects.of_document(document.uid).open())
    known = places_in(body)
    ids = element_ids(document, known, rows)
    places: dict[str, str] = {}
    for key, element_id in ids.items():
        places.setdefault(element_id, key)
    counts: dict[str, int] = {}
    for thread in threads:
        if element_id := ids.get(thread.place, ""):
            counts[element_id] = counts.get(element_id, 0) + 1
    threads.sort(key=lambda thread: not thread.is_blocking)
    muted = MutedDocument.objects.filter(document_uid=document.uid, user=user)
    return PanelComments(
        open=threads[:SHOWN_IN_PANEL],
        open_count=len(threads),
        blocking_count=sum(thread.is_blocking for thread in threads),
        is_muted=muted.exists(),
        may_comment=can(user, "comment", document),
        page_url=desk_address(document, "comments"),
        places=places,
        labels={key: place.label for key, place in known.items()},
        counts=counts,
    )


@dataclass(frozen=True)
class Thread:
    """One comment with its answers, and what has become of its place since."""

    comment: Comment
    replies: list[Comment]
    label: str
    form_url: str
    is_gone: bool
    has_changed: bool
    may_settle: bool


FILTERS = {
    "open": ("Open", lambda comments: comments.open()),
    "resolved": ("Resolved", lambda comments: comments.resolved()),
    "all": ("All", lambda comments: comments.beginnings()),
}


def threads_of(
    document: Any,
    user: Any,
    *,
    shown: str,
    place: str,
    places: dict[str, Place],
    ids: dict[str, str],
) -> list[Thread]:
    """The threads that `shown` names, the newest first; with `place`, only those there.

    `ids` says where on the form the places stand.
    """
    narrow = FILTERS[shown][1]
    rows = narrow(Comment.objects.of_document(document.uid)).with_replies()
    comments = [row for row in rows if not place or row.place == place]
    comments.sort(key=lambda row: row.written_at, reverse=True)
    may_settle = resolvable_by(user, document, comments)
    form_url = desk_address(document, "change")
    return [
        _thread(comment, places, ids, form_url, comment.pk in may_settle)
        for comment in comments
    ]


def _thread(
    comment: Comment,
    places: dict[str, Place],
    ids: dict[str, str],
    form_url: str,
    may_settle: bool,
) -> Thread:
    now = places.get(comment.place)
    element_id = ids.get(comment.place)
    return Thread(
        comment=comment,
        replies=list(comment.replies.all()),
        label=now.label if now else comment.place_label,
        form_url=f"{form_url}#{element_id}" if element_id else form_url,
        is_gone=now is None,
        has_changed=now is not None and now.digest != comment.place_digest,
        may_settle=may_settle,
    )
