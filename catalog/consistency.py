"""Facts whose own fields disagree, where that can be decided exactly."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from django.urls import reverse

from catalog.lookup import MODELS, find_uid
from catalog.models import (
    AIModel,
    Architecture,
    Engine,
    ModelFile,
    PriceObservation,
    SizeUnit,
)
from editorial.consistency.findings import Checker, Finding, Place, register_checker
from editorial.consistency.internal_links import register_destination
from editorial.consistency.registration import FACT_FIELDS
from editorial.vocabularies import NEW_KINDS, USED_KINDS, Severity

ADVICE = "Look at the source, then correct the field that is wrong."
UNIT_BYTES = {
    SizeUnit.BYTES: 1,
    SizeUnit.MB: 10**6,
    SizeUnit.GB: 10**9,
    SizeUnit.MIB: 2**20,
    SizeUnit.GIB: 2**30,
}


def _finding(fact_type: str, fact, field: str, sentence: str) -> Finding:
    place = Place(fact_type, fact.uid, fact.name, fact.get_absolute_url(), field)
    return Finding(Severity.MEDIUM, place, f"{fact.name}: {sentence}", ADVICE)


def model_fields() -> Iterator[Finding]:
    for model in AIModel.objects.order_by("slug").defer("imported", "notes"):
        for field, sentence in _model_objections(model):
            yield _finding("model", model, field, sentence)


def _model_objections(model: AIModel) -> Iterator[tuple[str, str]]:
    total, active = model.total_parameters, model.active_parameters
    if model.architecture == Architecture.DENSE and active not in (None, total):
        yield "active_parameters", "a dense model uses all its parameters for a token."
    heads, kv_heads = model.attention_heads, model.kv_heads
    if heads and kv_heads and heads % kv_heads:
        yield "kv_heads", f"{heads} heads cannot share {kv_heads} KV heads evenly."
    every, layers = model.global_layer_every_n, model.layers
    if every and layers and every > layers:
        yield "global_layer_every_n", f"it has only {layers} layers."


def file_sizes() -> Iterator[Finding]:
    """Sizes in bytes that are not the printed size in its unit, to the last byte."""
    for file in ModelFile.objects.select_related("ai_model").order_by("pk"):
        exact = file.printed_size * Decimal(UNIT_BYTES[SizeUnit(file.printed_unit)])
        if abs(exact - file.size_bytes) >= 1:
            yield _finding(
                *("model", file.ai_model, "files"),
                f"{file.quantization} by {file.publisher} is printed as "
                f"{file.printed_size.normalize():f} {file.printed_unit} and stored as "
                f"{file.size_bytes} bytes.",
            )


def price_conditions() -> Iterator[Finding]:
    """A price of the kind "new" for a used piece, or the other way round."""
    wrong = [(kind, "used") for kind in NEW_KINDS]
    wrong += [(kind, "new") for kind in USED_KINDS]
    for price in PriceObservation.objects.select_related("hardware").order_by("pk"):
        if (price.kind, price.condition) in wrong:
            yield _finding(
                *("hardware", price.hardware, "prices"),
                f"a price “{price.get_kind_display()}” is for a {price.condition} one.",
            )


def release_orders() -> Iterator[Finding]:
    """A newest release that is older than the first or another one of the engine."""
    for engine in Engine.objects.prefetch_related("releases").order_by("slug"):
        exact = [
            row
            for row in engine.releases.all()
            if row.released_on and row.released_on_precision == "day"
        ]
        for latest in exact:
            for row in exact:
                is_newer = row.released_on > latest.released_on
                if (
                    latest.role == "latest_seen"
                    and row.role in ("first", "other")
                    and is_newer
                ):
                    yield _finding(
                        *("engine", engine, "releases"),
                        f"{row.version or row.role} is newer than {latest.version}, "
                        "which stands as the latest release seen.",
                    )


def unknown_marks() -> Iterator[Finding]:
    """Marks on fields that the fact does not have."""
    for fact_type, model in MODELS.items():
        fields = {"", *(field.name for field in model._meta.get_fields())}
        for fact in model._default_manager.exclude(marks={}).order_by("slug"):
            for field in sorted(set(fact.marks) - fields):
                sentence = f"a mark names “{field}”, which it does not have."
                yield _finding(fact_type, fact, "marks", sentence)


def _fact_page(fact_type: str, view_name: str, slug: str) -> str | None:
    uid = find_uid(fact_type, slug)
    if uid is None:
        return None
    row = MODELS[fact_type]._default_manager.get(uid=uid)
    return reverse(view_name, args=[row.slug])


def register() -> None:
    for find in (
        *(model_fields, file_sizes, price_conditions),
        *(release_orders, unknown_marks),
    ):
        register_checker(Checker(*FACT_FIELDS, find))
    for fact_type, name in (
        ("engine", "engine"),
        ("hardware", "hardware"),
        ("model", "ai_model"),
    ):
        for page in ("detail", "changes"):
            view = f"catalog:{name}_{page}"
            register_destination(view, partial(_fact_page, fact_type, view))
