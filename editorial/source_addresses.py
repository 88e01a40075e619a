"""When two addresses are those of one page, and which sources we know of it."""

import re
from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode, urlsplit

from editorial.models import Source

_ARCHIVED = re.compile(r"^https?://web\.archive\.org/web/[0-9a-z_*]+/", re.IGNORECASE)
_WORDS = re.compile(r"\w{3,}")


def address_key(url: str) -> str:
    """What is left of an address without what does not tell pages apart.

    That is its scheme, `www.`, a slash at the end, a fragment and campaign parameters;
    an archived copy has the key of the page that was copied.

    >>> address_key("http://www.Example.org/a/?utm_source=x&b=1#top")
    'example.org/a?b=1'
    >>> address_key("https://web.archive.org/web/20260101000000/https://example.org/a")
    'example.org/a'
    """
    try:
        parts = urlsplit(_ARCHIVED.sub("", url.strip()))
    except ValueError:
        return url
    host = parts.netloc.lower().removeprefix("www.")
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not name.lower().startswith("utm_")
    ]
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{host}{parts.path.rstrip('/')}{query}"


def _place(url: str) -> str:
    return address_key(url).split("?")[0]


def alike_sources(urls: Iterable[str]) -> dict[str, list[Source]]:
    """The sources that are the same page under another address, in one statement."""
    wanted = {url: address_key(url) for url in urls}
    if not wanted:
        return {}
    near = Source.objects.with_address_like({_place(url) for url in wanted})
    by_key: dict[str, list[Source]] = defaultdict(list)
    for source in near:
        for key in _keys(source):
            by_key[key].append(source)
    return {
        url: found
        for url, key in wanted.items()
        if (found := [row for row in by_key[key] if row.url != url])
    }


def _keys(source: Source) -> set[str]:
    """Those of its page and of its copy, which should be the same."""
    return {address_key(url) for url in (source.url, source.archive_url) if url}


def duplicate_keys() -> set[int]:
    """The primary keys of all sources that share a page with another one."""
    rows = Source.objects.values_list("pk", "url", "archive_url")
    by_key: dict[str, set[int]] = defaultdict(set)
    for pk, *urls in rows:
        for url in filter(None, urls):
            by_key[address_key(url)].add(pk)
    return {pk for pks in by_key.values() if len(pks) > 1 for pk in pks}


def sources_called(words: str, *, most: int = 5) -> list[Source]:
    """Sources with all of these words in their titles: none for less than a word."""
    wanted = _WORDS.findall(words)
    rows = Source.objects.all()
    for word in wanted:
        rows = rows.filter(title__icontains=word)
    return list(rows[:most]) if wanted else []
