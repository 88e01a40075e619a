"""Shipped documents: files in `content/`, each a version, loaded as publications.

`content/<kind>s/<slug>/<version>.yaml` holds the whole document. A version is loaded
once; a document that editors have worked on since is reported and left alone.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from editorial.drafts import has_unpublished_changes
from editorial.freezing import Body
from editorial.models import Publication, ShippedVersion
from editorial.problems import NotReadyError
from editorial.registry import DocumentKind, document_kind
from editorial.workflow import publish_shipped


class ContentError(Exception):
    """A shipped document cannot be read; the sentence says why."""


@dataclass
class ContentReport:
    """What loading did, one line per file that mattered."""

    published: list[str] = field(default_factory=list)
    unchanged: int = 0
    conflicts: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class _RollBack(Exception):
    pass


def content_files(directory: Path) -> list[Path]:
    """Every version of every document: comparisons before verdicts, oldest first."""
    return sorted(
        directory.glob("*/*/*.yaml"), key=lambda path: (path.parent, int(path.stem))
    )


def load_content(
    directory: Path,
    *,
    is_dry_run: bool = False,
    progress: Callable[[list[Path]], Iterator[Path]] = iter,
) -> ContentReport:
    """Publish every version that is not published yet, all or none.

    Errors are collected over all files; with any, nothing is written.
    """
    report = ContentReport()
    try:
        with transaction.atomic():
            for path in progress(content_files(directory)):
                _load_file(path, directory, report)
            if report.errors or is_dry_run:
                raise _RollBack
    except _RollBack:
        pass
    return report


def _load_file(path: Path, directory: Path, report: ContentReport) -> None:
    name = str(path.relative_to(directory))
    try:
        with transaction.atomic():
            outcome = _load_version(path, path.read_bytes())
    except NotReadyError as error:
        report.errors.extend(f"{name}: {problem}" for problem in error.problems)
    except (ContentError, yaml.YAMLError) as error:
        report.errors.append(f"{name}: {error}")
    except KeyError as error:
        report.errors.append(f"{name}: {error} is missing")
    else:
        if outcome is None:
            report.unchanged += 1
        elif isinstance(outcome, Publication):
            report.published.append(f"{name}: {outcome}")
        else:
            report.conflicts.append(f"{name}: {outcome}")


def _load_version(path: Path, text: bytes) -> Publication | str | None:
    """The publication made, a sentence about a conflict, or None when it is known."""
    file_digest = hashlib.sha256(text).hexdigest()
    data = yaml.safe_load(text)
    kind = document_kind(data["kind"])
    if data["version"] != int(path.stem):
        raise ContentError(f"the file says version {data['version']}")
    body = kind.from_portable(data)
    known = ShippedVersion.objects.filter(
        document_uid=body["uid"], version=data["version"]
    ).first()
    if known is not None:
        if known.file_digest == file_digest:
            return None
        return "the file changed after it was loaded: ship the change as a new version"
    document = kind.model.objects.filter(uid=body["uid"]).first()
    if document is not None and (conflict := _edited_since(document)):
        return conflict
    document = document or _new_document(kind, body)
    publication = publish_shipped(
        document, body=body, published_at=data["published_at"], note=data["change_note"]
    )
    ShippedVersion.objects.create(
        document_uid=document.uid,
        version=data["version"],
        file_digest=file_digest,
        publication=publication,
    )
    return publication


def _edited_since(document: Any) -> str:
    """Why this document is no longer the one that was shipped, if so."""
    newest = Publication.objects.of_document(document.uid).order_by("-version").first()
    if has_unpublished_changes(document):
        return f"“{document}” has unpublished changes by an editor; left alone"
    shipped = ShippedVersion.objects.filter(publication=newest)
    if newest is None or not shipped.exists():
        return f"“{document}” was published anew by an editor; left alone"
    return ""


def _new_document(kind: DocumentKind, body: Body) -> Any:
    """An empty working copy with the file's identity, which restoring then fills."""
    return kind.model(uid=body["uid"], slug=body["slug"], title=body["title"])
