"""Where compare pages and verdicts live."""

from collections.abc import Iterable

from comparisons.models import Subject
from editorial.freezing import Body

SUBJECT_FOLDERS = {
    Subject.ENGINE: "engines",
    Subject.HARDWARE: "hardware",
    Subject.MODEL: "models",
}
FACT_FOLDERS = {"engine": "tools", "hardware": "hardware", "model": "models"}


def canonical_slug(keys: Iterable[str]) -> str:
    """Sides joined in alphabetical order, whatever the title says.

    >>> canonical_slug(["vllm", "sglang"])
    'sglang-vs-vllm'
    """
    return "-vs-".join(sorted(keys))


def comparison_path(body: Body) -> str:
    """A way to deploy has an address of its own; the others are named by their sides.

    >>> comparison_path({"subject": "deployment", "slug": "local-vs-cloud"})
    '/compare/local-vs-cloud/'
    """
    folder = SUBJECT_FOLDERS.get(body["subject"])
    if folder is None:
        return f"/compare/{body['slug']}/"
    return f"/compare/{folder}/{canonical_slug(s['key'] for s in body['sides'])}/"


def verdict_path(body: Body) -> str:
    """A verdict is read on the page of what it judges."""
    subject = body["subject"]
    if subject is None:
        return ""
    return f"/{FACT_FOLDERS[subject['type']]}/{subject['slug']}/"
