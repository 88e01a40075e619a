"""An issue as one frozen document."""

from django.utils import timezone

from editorial.freezing import Body, SourceNumbering
from editorial.models import EDITORIAL_DESK
from editorial.richtext import rich
from newsletter.digest.groups import GROUP_ORDER
from newsletter.models import DigestIssue, DigestItem

DIGEST_SCHEMA = 1


def freeze_digest(issue: DigestIssue) -> Body:
    """The whole issue as JSON, its items group by group; drafts freeze too."""
    issue = DigestIssue.objects.complete().get(pk=issue.pk)
    sources = SourceNumbering()
    verified_on, due_on = issue.verified_on, issue.review_due_on
    note_sources = sources.numbers(issue.note_sources.all())
    return {
        "kind": issue.kind,
        "schema": DIGEST_SCHEMA,
        "uid": str(issue.uid),
        "slug": issue.slug,
        "title": issue.title,
        "description": issue.description,
        "author_name": issue.author_name or EDITORIAL_DESK,
        "verified_on": verified_on.isoformat() if verified_on else "",
        "review_due_on": due_on.isoformat() if due_on else "",
        "period": issue.period,
        "covers_from": moment_text(issue.covers_from),
        "covers_until": moment_text(issue.covers_until),
        "note": rich(issue.note),
        "note_sources": note_sources,
        "items": [_item(item, sources) for item in in_order(issue.items.all())],
        "sources": sources.frozen(),
    }


def in_order(items) -> list[DigestItem]:
    """Group by group, in each in the editor's order."""
    return sorted(
        items, key=lambda item: (GROUP_ORDER[item.group], item.position, item.pk)
    )


def moment_text(moment) -> str:
    """A moment in UTC to the microsecond; nothing for None."""
    if moment is None:
        return ""
    return moment.astimezone(timezone.get_default_timezone()).isoformat()


def _item(item: DigestItem, sources: SourceNumbering) -> Body:
    return {
        "uid": str(item.uid),
        "group": item.group,
        "title": item.title,
        "text": item.text.replace("\r\n", "\n").strip(),
        "path": item.path,
        "happened_on": item.happened_on.isoformat() if item.happened_on else "",
        "target": target_of(item.target_type, item.target_uid, item.path),
        "sources": sources.numbers(item.sources.all()),
    }


def target_of(target_type: str, target_uid, path: str) -> Body | None:
    """What an item speaks of, called by the last part of its address."""
    if not target_type or target_uid is None:
        return None
    slug = path.partition("#")[0].rstrip("/").rpartition("/")[2]
    return {"type": target_type, "uid": str(target_uid), "slug": slug}
