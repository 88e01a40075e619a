"""The site's style sheet in one piece, as readers get it: a browser asks once."""

import tempfile
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder

from config.staticfiles import BUNDLES, in_one_piece


@cache
def _folder() -> tempfile.TemporaryDirectory:
    return tempfile.TemporaryDirectory()


@cache
def _bundled(name: str) -> str:
    source = settings.BASE_DIR / "static" / name
    text = in_one_piece(
        source.read_text(), lambda part: (source.parent / part).read_text()
    )
    path = Path(_folder().name) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return str(path)


class BundleFinder(BaseFinder):
    def find(self, path, find_all=False, **options):
        found = [_bundled(path)] if path in BUNDLES else []
        is_all = find_all or options.get("all", False)
        return found if is_all else (found[0] if found else [])

    def list(self, ignore_patterns):
        return []
