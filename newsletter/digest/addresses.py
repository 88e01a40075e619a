"""Where the issues live."""

from editorial.freezing import Body

DIGEST = "digest"
"""The name of the kind."""

ARCHIVE = "/newsletter/archive/"


def digest_path(body: Body) -> str:
    """
    >>> digest_path({"slug": "2026-11"})
    '/newsletter/archive/2026-11/'
    """
    return f"{ARCHIVE}{body['slug']}/"
