"""Models, line by line."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from catalog.cards import FactRow, fact_row
from catalog.details.facts import YES_NO
from catalog.measures import billions, grouped, known_date
from catalog.models import AIModel, HostedPrice, ModelFile
from catalog.prices import range_of
from comparisons.generated.hardware import PRICE_GLOSS, price_row
from comparisons.generated.proofs import Proofs
from comparisons.generated.table import Figure, Line
from editorial.vocabularies import Direction

GIGABYTE = 10**9
HOSTED_UNIT = "USD per million tokens"
COUNTS = (
    ("Layers", "layers"),
    ("Hidden size", "hidden_size"),
    ("Attention heads", "attention_heads"),
    ("KV heads", "kv_heads"),
    ("Head size", "head_dim"),
    ("KV rank", "kv_lora_rank"),
    ("Sliding window", "sliding_window_tokens"),
    ("Vocabulary", "vocabulary_size"),
)


def model_lines(models: Sequence[AIModel], proofs: Proofs) -> list[Line]:
    """Size, context, licence, shape, file and hosted prices."""

    def words(
        label: str, field: str, show: Callable[[AIModel], str], gloss: str = ""
    ) -> Line:
        rows = [proofs.row(model, label, field, show(model)) for model in models]
        return Line(label, [Figure(row) for row in rows], gloss)

    def size(label: str, field: str, gloss: str = "") -> Line:
        return Line(
            label,
            [
                Figure(
                    proofs.row(
                        model, label, field, billions(getattr(model, field)), unit="B"
                    )
                )
                for model in models
            ],
            gloss,
        )

    return [
        size("Parameters", "total_parameters", "In billions, of the whole checkpoint."),
        size("Active parameters", "active_parameters", "Used for each token."),
        Line(
            "Context window",
            [_context(proofs, model) for model in models],
            "The longest input that the model is made for.",
            Direction.HIGHER,
        ),
        Line(
            "Q4_K_M file",
            [file_size(model) for model in models],
            "A common 4-bit file: what it takes on disk, and a little less than it "
            "takes in memory.",
        ),
        words("Licence", "license", lambda model: model.license),
        words(
            "Commercial use",
            "commercial_use",
            lambda model: model.get_commercial_use_display(),
            "A reading aid, not legal advice.",
        ),
        *hosted_lines(models),
        words("Released", "released_on", _released),
        words("Modality", "modality", lambda model: model.get_modality_display()),
        words(
            "Architecture",
            "architecture",
            lambda model: model.get_architecture_display(),
        ),
        words("Native type", "native_dtype", lambda model: model.native_dtype),
        *(words(label, field, _count(field)) for label, field in COUNTS),
        words(
            "Tied embeddings",
            "has_tied_embeddings",
            lambda model: YES_NO[model.has_tied_embeddings],
        ),
        words("Family", "family", lambda model: model.family.name),
        words("Developer", "vendor", lambda model: model.vendor.name),
    ]


def _count(field: str) -> Callable[[AIModel], str]:
    return lambda model: grouped(getattr(model, field))


def _released(model: AIModel) -> str:
    return known_date(model.released_on, model.released_on_precision)


def _context(proofs: Proofs, model: AIModel) -> Figure:
    tokens = model.context_window_tokens
    field = "context_window_tokens"
    row = proofs.row(model, "Context window", field, grouped(tokens), unit="tokens")
    return Figure(row, None if tokens is None else Decimal(tokens))


def file_size(model: Any) -> Figure:
    """The size of one 4-bit file: an exact one if any is, else as it was printed.

    Publishers' files differ by a few bytes, so no side is said to lead. The files are
    those that `for_comparing` put into `q4_files`.
    """
    label = "Q4_K_M file"
    files: list[ModelFile] = model.q4_files
    if not files:
        return Figure(FactRow(label, ""))
    file = min(files, key=lambda file: (not file.is_exact, file.size_bytes))
    exactness = "exact" if file.is_exact else "rounded by the source"
    shown = (
        grouped(round(Decimal(file.size_bytes) / GIGABYTE, 2))
        if file.is_exact
        else grouped(file.printed_size)
    )
    unit = "GB" if file.is_exact else str(file.printed_unit)
    note = f"{exactness}; published by {file.publisher}"
    return Figure(fact_row(label, shown, file.source, unit=unit, note=note))


def hosted_lines(models: Sequence[AIModel]) -> list[Line]:
    """What providers ask for a million tokens read and written."""
    prices = [list(model.hosted_prices.all()) for model in models]
    return [
        Line(
            label,
            [Figure(hosted_range(label, seen, field)) for seen in prices],
            PRICE_GLOSS,
        )
        for label, field in (
            ("Hosted, input", "input_usd_per_million_tokens"),
            ("Hosted, output", "output_usd_per_million_tokens"),
        )
    ]


def hosted_range(label: str, prices: Sequence[HostedPrice], field: str) -> FactRow:
    """From the cheapest provider to the dearest; the source is the newest one's."""
    seen = [price for price in prices if getattr(price, field) is not None]
    if not seen:
        return FactRow(label, "")
    count = len({price.provider for price in seen})
    providers = "1 provider" if count == 1 else f"{count} providers"
    return price_row(label, range_of(seen, field, HOSTED_UNIT), providers)
