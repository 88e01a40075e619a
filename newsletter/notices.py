"""Mail at once for whoever watches: a text that speaks of it is new, or it has changed.

Nothing is begun where nobody watches. Each mailing has a key, so that nothing is told
twice however often this runs.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from django.conf import settings
from django.db.models import Min
from django.template.loader import render_to_string
from django.utils import timezone

from editorial.models import Publication, PublicationReference
from editorial.registry import fact_type
from newsletter.digest.addresses import DIGEST
from newsletter.digest.fact_changes import changed_at, changes_of
from newsletter.digest.mail import close, frame, one_line
from newsletter.digest.mail_style import with_styles
from newsletter.digest.mail_text import Letter
from newsletter.mailings import start_mailing
from newsletter.marks import DrawnMail
from newsletter.models import Mailing, MailingKind, SubscriberState, Watch

FACTS = ("engine", "hardware", "model")
NEWS_FOR = datetime.timedelta(days=7)
"""What is older is no news, even if nobody was told."""

BECAUSE_PAGE = "You get this because you watch this page or something it speaks of."
BECAUSE_FACT = "You get this because you watch {name}."


def watched(targets: Collection[UUID]) -> set[UUID]:
    """Those of `targets` that an active subscriber watches."""
    rows = Watch.objects.filter(
        target_uid__in=list(targets), subscriber__state=SubscriberState.ACTIVE
    )
    return set(rows.values_list("target_uid", flat=True))


def tell_of_publication(publication: Publication) -> Mailing | None:
    """Begin a notice of a version that readers see, if somebody watches.

    Runs after the transaction that made it. One that is only scheduled is told by
    `tell_of_fact_changes` when its time has come.
    """
    if publication.kind == DIGEST or not publication.is_live_at(timezone.now()):
        return None
    targets = _targets(publication)
    if not watched(targets):
        return None
    return start_mailing(
        MailingKind.NOTICE,
        publication_mail(publication),
        key=publication_key(publication),
        publication=publication,
        targets=tuple(sorted(map(str, targets))),
    )


def publication_key(publication: Publication) -> str:
    return f"notice:{publication.pk}"


def _targets(publication: Publication) -> set[UUID]:
    """The text itself, and the facts that it is about or quotes."""
    references = PublicationReference.objects.filter(
        publication=publication, target_type__in=FACTS
    )
    return {
        publication.document_uid,
        *references.values_list("target_uid", flat=True),
    }


def publication_mail(publication: Publication) -> DrawnMail:
    """What changed, in the words of the public change log, and where to read it."""
    is_first = publication.version == 1
    kicker = "New page" if is_first else f"Version {publication.version}"
    lines = [publication.description if is_first else publication.change_note]
    return _notice(
        subject=f"{publication.title}: {kicker.lower()}",
        kicker=kicker,
        title=publication.title,
        lines=lines,
        path=publication.path,
        because=BECAUSE_PAGE,
    )


def tell_of_fact_changes(now: datetime.datetime) -> list[Mailing]:
    """Begin what is due: changes of watched facts, and scheduled versions that began.

    A worker calls it again and again. Each fact is told of once a day at most; what
    changes later on that day is told on the next.
    """
    return [*_tell_of_begun(now), *_tell_of_facts(now)]


def _tell_of_begun(now: datetime.datetime) -> list[Mailing]:
    rows = Publication.objects.live_at(now).exclude(kind=DIGEST)
    begun = list(rows.begun_after(now - NEWS_FOR).defer("body"))
    keys = {publication_key(row): row for row in begun}
    told = Mailing.objects.filter(key__in=list(keys))
    known = set(told.values_list("key", flat=True))
    ahead = [
        row
        for key, row in keys.items()
        if key not in known and row.visible_from > row.created_at
    ]
    made = [tell_of_publication(row) for row in ahead]
    return [mailing for mailing in made if mailing is not None]


def _tell_of_facts(now: datetime.datetime) -> list[Mailing]:
    since = _told_until(now)
    uids_by_type: dict[str, set[UUID]] = defaultdict(set)
    for type_name, uid in since:
        uids_by_type[type_name].add(uid)
    made = []
    for type_name, uids in uids_by_type.items():
        latest = changed_at(type_name, uids, after=now - NEWS_FOR)
        for uid in sorted(uids):
            start = since[type_name, uid]
            if uid in latest and latest[uid] > start:
                made.append(_tell_of_fact(type_name, uid, start, now))
    return [mailing for mailing in made if mailing is not None]


def _told_until(
    now: datetime.datetime,
) -> dict[tuple[str, UUID], datetime.datetime]:
    """The watched facts of which nothing was told today, and since when to look.

    That is their last notice; the first watch where there was none.
    """
    rows = Watch.objects.filter(
        type__in=FACTS, subscriber__state=SubscriberState.ACTIVE
    ).order_by()
    begun = rows.values_list("type", "target_uid").annotate(at=Min("created_at"))
    since = {(type_name, uid): at for type_name, uid, at in begun}
    facts = {str(uid): (type_name, uid) for type_name, uid in since}
    notices = Mailing.objects.filter(
        kind=MailingKind.NOTICE, key__startswith="fact:", created_at__gt=now - NEWS_FOR
    )
    for key, at in notices.values_list("key", "created_at"):
        fact = facts.get(key.split(":")[1])
        if fact is not None and key == fact_key(fact[1], now):
            since.pop(fact, None)
        elif fact in since:
            since[fact] = max(since[fact], at)
    return {fact: max(at, now - NEWS_FOR) for fact, at in since.items()}


def fact_key(uid: UUID, now: datetime.datetime) -> str:
    return f"fact:{uid}:{timezone.localtime(now).date().isoformat()}"


def _tell_of_fact(
    type_name: str, uid: UUID, since: datetime.datetime, now: datetime.datetime
) -> Mailing | None:
    fact = fact_type(type_name).resolve([uid]).get(uid)
    lines = changes_of(type_name, uid, since=since, until=now) if fact else []
    if fact is None or not lines:
        return None
    mail = _notice(
        subject=f"{fact.name}: what changed",
        kicker="What changed",
        title=fact.name,
        lines=lines,
        path=fact.url,
        because=BECAUSE_FACT.format(name=fact.name),
    )
    key = fact_key(uid, now)
    return start_mailing(MailingKind.NOTICE, mail, key=key, targets=(str(uid),))


def _notice(
    *,
    subject: str,
    kicker: str,
    title: str,
    lines: Iterable[str],
    path: str,
    because: str,
) -> DrawnMail:
    lines = list(lines)
    page_url = f"{settings.SITE_URL}{path}"
    context = {
        "title": title,
        "preheader": lines[0],
        "kicker": kicker,
        "lines": lines,
        "page_url": page_url,
        "page_name": f"Read {title}",
        "because": because,
        **frame(),
    }
    html = with_styles(render_to_string("emails/digest_notice.html", context))
    letter = Letter()
    letter.heading(title, "=")
    for line in lines:
        letter.paragraph(line)
    letter.lines(page_url, "")
    close(letter, because=because)
    return DrawnMail(one_line(subject), html, letter.text())
