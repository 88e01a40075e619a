"""Static files as they are served: hashed, compressed, style sheets in one piece."""

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLES = ("css/site.css",)
IMPORT = re.compile(r'@import url\("([^"]+)"\) layer\(([a-z]+)\);')
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


class BundledManifestStorage(CompressedManifestStaticFilesStorage):
    """Puts a style sheet's imports in its place when files are collected.

    The sources stay plain files that a browser could load one by one; readers load
    one. Comments are left out on the way.
    """

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        if not dry_run:
            for name in BUNDLES:
                if name in paths:
                    self._bundle(name, paths)
                    paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)

    def _bundle(self, name: str, paths: dict[str, Any]) -> None:
        """Write the bundle from the sources, whatever an earlier run left here."""
        folder = PurePosixPath(name).parent
        bundled = in_one_piece(
            _read(paths[name]), lambda part: _read(paths[str(folder / part)])
        )
        self.delete(name)
        self._save(name, ContentFile(bundled.encode()))


def in_one_piece(text: str, read: Callable[[str], str]) -> str:
    """`text` with each import replaced by what `read(name)` answers, in its layer."""

    def inlined(match: re.Match[str]) -> str:
        return f"@layer {match[2]} {{\n{COMMENT.sub('', read(match[1]))}}}"

    return IMPORT.sub(inlined, COMMENT.sub("", text))


def _read(place: tuple[Any, str]) -> str:
    """A source file, from the storage that a finder found it in."""
    storage, path = place
    with storage.open(path) as file:
        return file.read().decode()
