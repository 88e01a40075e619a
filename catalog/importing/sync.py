"""Records into rows: create, update, leave alone, or report a conflict."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Model, UniqueConstraint
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from catalog.importing.by_hand import Hand
from catalog.importing.fields import plain
from catalog.importing.records import Batch, CitationNote, Record, Reference
from editorial.models import Citation, MergedSource, Source
from editorial.rechecks import open_rechecks
from editorial.search.index import Changes

CHUNK = 500
FACT_TYPE_OF = {
    "catalog.Engine": "engine",
    "catalog.Hardware": "hardware",
    "catalog.AIModel": "model",
    "catalog.FailureMode": "failure_mode",
    "benchmarks.Benchmark": "benchmark",
}
"""The models that documents may refer to, by the name of their fact type."""

OWNERS = {"engine", "hardware", "ai_model"}
"""Foreign keys to the fact of which a row is a part."""

Progress = Callable[[str, int], None]


@dataclass
class Report:
    """What syncing did to one batch."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    conflicts: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def add(self, other: "Report") -> None:
        self.created += other.created
        self.updated += other.updated
        self.unchanged += other.unchanged
        self.conflicts += other.conflicts
        self.errors += other.errors


def sync_batch(
    batch: Batch, *, progress: Progress | None = None, hand: Hand | None = None
) -> Report:
    """Write `batch` inside the caller's transaction. It must hold no errors.

    With a `hand` it is what a person uploads: their edit, not news of the files.

    Records are written model by model, in the order in which models first occur, so a
    batch lists what others point at first.
    """
    report = Report()
    changes = Changes()
    keys = _Keys(_sync_sources(batch, report))
    by_model: dict[str, list[Record]] = defaultdict(list)
    for record in batch.records:
        by_model[record.model].append(record)
    for label, records in by_model.items():
        report.add(_sync_model(apps.get_model(label), records, keys, changes, hand))
        if progress is not None:
            progress(label, len(records))
    _sync_citations(batch.citations, keys, report)
    changes.write()
    return report


class _Keys:
    """References to primary keys, looked up once per model."""

    def __init__(self, source_keys: dict[str, int]) -> None:
        self.sources = source_keys
        self._keys: dict[str, dict[Any, int]] = {}
        self._adopted: dict[str, dict[Any, int]] = {}

    def of(self, reference: Reference) -> int:
        if reference.url:
            return self.sources[reference.url]
        if reference.model not in self._keys:
            model = apps.get_model(reference.model)
            pairs = model._default_manager.values_list("uid", "pk")
            adopted = self._adopted.get(reference.model, {})
            self._keys[reference.model] = dict(pairs) | adopted
        return self._keys[reference.model][reference.uid]

    def adopt(self, label: str, uid: Any, pk: int) -> None:
        """A row made by hand stands for what the files know under `uid`."""
        self._adopted.setdefault(label, {})[uid] = pk

    def forget(self, label: str) -> None:
        self._keys.pop(label, None)


def _sync_sources(batch: Batch, report: Report) -> dict[str, int]:
    """Make the sources that are new; answer every address's primary key.

    What is known of a source is not changed: editors keep sources.
    """
    known = dict(MergedSource.objects.values_list("url", "into_id"))
    known |= dict(Source.objects.values_list("url", "pk"))
    new = [note for url, note in batch.sources.items() if url not in known]
    rows = [
        Source(
            url=note.url,
            title=note.title[:200],
            publisher=note.publisher,
            retrieved_on=note.retrieved_on,
        )
        for note in new
    ]
    Source.objects.bulk_create(rows, batch_size=CHUNK)
    report.created += len(rows)
    report.unchanged += len(batch.sources) - len(rows)
    return known | {row.url: row.pk for row in rows}


def _sync_model(
    model: type[Model],
    records: list[Record],
    keys: _Keys,
    changes: Changes,
    hand: Hand | None,
) -> Report:
    report = Report()
    rows: Any = model._default_manager.all()
    existing = {row.uid: row for row in rows}
    natural = {_natural_key(model, vars(row)): row for row in existing.values()}
    called = {getattr(row, "name", None): row for row in existing.values()}
    new, changed = [], []
    for record in records:
        values = _database_values(model, record, keys)
        row = existing.get(record.uid) or natural.get(_natural_key(model, values))
        if row is None and not record.where:  # other rows only name it
            row = called.get(values.get("name"))
        if row is not None and row.uid != record.uid:
            keys.adopt(model._meta.label, record.uid, row.pk)
        if row is None:
            snapshot = {name: _plain(value) for name, value in values.items()}
            kept = {} if hand else {"imported": snapshot}
            new.append(model(uid=record.uid, **kept, **values))
            if hand:
                hand.note_new(new[-1], record)
        elif hand:
            if hand.apply(row, values, record, _plain):
                changed.append(row)
            else:
                report.unchanged += 1
        elif _apply(row, values, record, report):
            changed.append(row)
        else:
            report.unchanged += 1
    changes.note(model._meta.label, [row.uid for row in new + changed])
    _write(model, new, changed, hand)
    keys.forget(model._meta.label)
    report.created, report.updated = len(new), len(changed)
    _ask_for_rechecks(model, changed)
    return report


def _natural_key(model: type[Model], values: Mapping[str, Any]) -> Any:
    """What tells a row from others without its uid.

    Its slug, the fact that has only one such row, or its unique fields.
    """
    fields = [field.name for field in model._meta.concrete_fields]
    if "slug" in fields:
        return values["slug"]
    for own in model._meta.concrete_fields:
        if own.one_to_one:
            return values[own.attname]
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.condition is None:
            names = [model._meta.get_field(name) for name in constraint.fields]
            attributes = [str(getattr(field, "attname", "")) for field in names]
            return tuple(_plain(values.get(name)) for name in attributes)
    return object()


def _database_values(model: type[Model], record: Record, keys: _Keys) -> dict[str, Any]:
    """`record.values` with each reference as the column's primary key."""
    values = {}
    for name, value in record.values.items():
        model_field: Any = model._meta.get_field(name)
        if isinstance(value, Reference):
            value = keys.of(value)
        values[model_field.attname] = value
    return values


def _apply(row: Any, values: dict[str, Any], record: Record, report: Report) -> bool:
    """Take over what the file changed; leave and report what an editor changed.

    A field that an editor changed is a conflict for as long as the file says
    something else, whether the file has changed too or not.
    """
    is_changed = False
    for name, value in values.items():
        new, live = _plain(value), _plain(getattr(row, name))
        before = row.imported.get(name)
        if live == new == before:
            continue
        if live not in (before, new):
            report.conflicts.append(
                f"{record.where}: {row._meta.verbose_name} “{row}”, "
                f"{name.removesuffix('_id')}: an editor wrote “{live}”, the file says "
                f"“{new}”; left as it is"
            )
            continue
        setattr(row, name, value)
        row.imported[name] = new
        is_changed = True
    return is_changed


def _plain(value: Any) -> Any:
    """A value as the JSON snapshot holds it, equal for equal facts."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value) if type(value).__name__ == "UUID" else value


def _write(
    model: type[Model], new: list[Any], changed: list[Any], hand: Hand | None
) -> None:
    if not hasattr(model, "history"):
        model._default_manager.bulk_create(new, batch_size=CHUNK)
        if changed:
            fields = _updatable(model)
            model._default_manager.bulk_update(changed, fields, batch_size=CHUNK)
        if hand:
            hand.log(model, new, changed)
        return
    reason: dict[str, Any] = {"default_change_reason": "Import"}
    if hand:
        reason = {"default_change_reason": hand.reason, "default_user": hand.by}
    bulk_create_with_history(new, model, batch_size=CHUNK, **reason)
    if changed:
        fields = _updatable(model)
        bulk_update_with_history(changed, model, fields, batch_size=CHUNK, **reason)


def _updatable(model: type[Model]) -> list[str]:
    return [
        model_field.name
        for model_field in model._meta.concrete_fields
        if not model_field.primary_key and model_field.name != "uid"
    ]


def _ask_for_rechecks(model: type[Model], changed: list[Any]) -> None:
    """Ask about the changed rows, or about the facts of which they are a part."""
    label = model._meta.label
    reason = f"An import changed this {model._meta.verbose_name}."
    if label in FACT_TYPE_OF:
        open_rechecks(FACT_TYPE_OF[label], [row.uid for row in changed], reason=reason)
        return
    names = {model_field.name for model_field in model._meta.concrete_fields}
    for name in OWNERS & names if changed else ():
        owner: Any = model._meta.get_field(name).related_model
        keys = {getattr(row, f"{name}_id") for row in changed} - {None}
        uids = owner._default_manager.filter(pk__in=keys).values_list("uid", flat=True)
        open_rechecks(FACT_TYPE_OF[owner._meta.label], uids, reason=reason)


def _sync_citations(notes: list[CitationNote], keys: _Keys, report: Report) -> None:
    """Make the citations that are new. None is ever taken away by an import."""
    names = ("source_id", "subject_type", "subject_uid", "field", "label")
    known = set(Citation.objects.values_list(*names))
    new = {}
    for note in notes:
        source_id = keys.sources[note.url]
        key = (
            source_id,
            note.subject_type,
            note.subject_uid,
            note.field,
            note.label[:120],
        )
        if key in known:
            report.unchanged += 1
        else:
            values = dict(zip(names, key, strict=True))
            new[key] = Citation(retrieved_on=note.retrieved_on, **values)
    Citation.objects.bulk_create(new.values(), batch_size=CHUNK)
    report.created += len(new)
