"""The facts of one model, its summary in words, its key figures, its hosted prices."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from catalog.cards import FactRow, fact_row, model_rows
from catalog.details.facts import (
    YES_NO,
    FactTable,
    KeyFigure,
    key_figures,
    with_proof,
)
from catalog.details.files import in_gigabytes
from catalog.details.licences import licence_note
from catalog.measures import billions, grouped, known_date
from catalog.models import AIModel, Architecture, CommercialUse
from catalog.prices import is_old
from editorial.models import Citation

MODEL_FIELDS = {
    "Parameters": "total_parameters",
    "Active": "active_parameters",
    "Context window": "context_window_tokens",
    "Licence": "license",
    "Released": "released_on",
    "Tied embeddings": "has_tied_embeddings",
    "Native type": "native_dtype",
    "Sliding window": "sliding_window_tokens",
}
MODEL_COUNTS = {
    "Layers": "layers",
    "Hidden size": "hidden_size",
    "Attention heads": "attention_heads",
    "KV heads": "kv_heads",
    "Head size": "head_dim",
    "KV rank": "kv_lora_rank",
    "Rotary head size": "qk_rope_head_dim",
    "Sliding window": "sliding_window_tokens",
    "Vocabulary": "vocabulary_size",
}
LATENT_ONLY = {"KV rank", "Rotary head size"}
HEADS_ONLY = {"KV heads", "Head size"}
WINDOW_ONLY = {"Sliding window"}
"""What other designs do not have: there an empty cell is no gap, and no dash."""
DESIGNS = {
    Architecture.DENSE: "dense",
    Architecture.MOE: "mixture-of-experts",
    Architecture.HYBRID: "hybrid",
    Architecture.MLA: "mixture-of-experts",
}
USES = {
    CommercialUse.YES: "commercial use allowed",
    CommercialUse.CONDITIONAL: "commercial use under conditions",
    CommercialUse.NO: "no commercial use",
}


def model_tables(model: AIModel, citations: Mapping[str, Citation]) -> list[FactTable]:
    unneeded = HEADS_ONLY if model.kv_lora_rank else LATENT_ONLY
    if model.architecture == Architecture.HYBRID or not model.global_layer_every_n:
        unneeded = unneeded | WINDOW_ONLY
    counts = [
        fact_row(label, grouped(getattr(model, field)), model.source)
        for label, field in MODEL_COUNTS.items()
        if getattr(model, field) is not None or label not in unneeded
    ]
    counts += [
        fact_row(
            "Tied embeddings",
            YES_NO[model.has_tied_embeddings],
            model.source,
            mark=model.mark("has_tied_embeddings"),
        ),
        fact_row("Native type", model.native_dtype, model.source),
    ]
    extra = [
        fact_row("Family", model.family.name, model.source),
        fact_row("Developer", model.vendor.name, model.source),
        fact_row("Modality", model.get_modality_display(), model.source),
        languages_row(model),
    ]
    facts = [*model_rows(model), *extra]
    return [
        FactTable("Facts", with_proof(facts, model, MODEL_FIELDS, citations)),
        FactTable("Shape", with_proof(counts, model, MODEL_FIELDS, citations)),
    ]


def languages_row(model: AIModel) -> FactRow:
    """What the publisher states, proved by its own source; a dash where nothing is."""
    row = getattr(model, "languages", None)
    if row is None:
        return FactRow("Languages", "")
    note = " ".join(filter(None, [row.stated.names_apart(), row.notes]))
    shown = row.stated.in_words()
    shown = f"{shown[:1].upper()}{shown[1:]}"
    return fact_row("Languages", shown, row.source, note=note)


def model_figures(model: AIModel) -> list[KeyFigure]:
    sizes = [file.size_bytes for file in model.files.all()]
    active = model.active_parameters
    is_sparse = active is not None and active != model.total_parameters
    return key_figures(
        ("parameters", billions(model.total_parameters), "B"),
        ("active for each token", billions(active) if is_sparse else "", "B"),
        ("context window", grouped(model.context_window_tokens), "tokens"),
        ("smallest published file", in_gigabytes(min(sizes)) if sizes else "", "GB"),
    )


def model_summary(model: AIModel) -> str:
    """Who made it, of what design, how large, and whether it may earn money."""
    design = DESIGNS[Architecture(model.architecture)]
    modality = model.get_modality_display().lower()
    text = f"A {design} {modality} model by {model.vendor.name}"
    if released := known_date(model.released_on, model.released_on_precision):
        text += f", {released}"
    text += f": {billions(model.total_parameters)} billion parameters"
    if model.active_parameters not in (None, model.total_parameters):
        text += f", {billions(model.active_parameters)} billion at work on each token"
    text += "."
    if use := USES.get(model.commercial_use):
        known = licence_note(model)
        name = known.name if known and known.name else f"Licence {model.license}"
        text += f" {name}: {use}."
    return text


@dataclass(frozen=True)
class HostedRow:
    """What one provider asked on one day, in USD for a million tokens."""

    provider: str
    model_name: str
    input: str
    output: str
    when: str
    source_url: str
    is_old: bool


def hosted_rows(model: AIModel, *, today: datetime.date) -> list[HostedRow]:
    """The cheapest input first; the same number of decimals, so that they line up."""
    return [
        HostedRow(
            provider=price.provider,
            model_name=price.model_name,
            input=_usd(price.input_usd_per_million_tokens),
            output=_usd(price.output_usd_per_million_tokens),
            when=known_date(price.observed_on, price.observed_on_precision),
            source_url=price.source.url,
            is_old=is_old(price.observed_on, today),
        )
        for price in model.hosted_prices.all()
    ]


def _usd(amount) -> str:
    """Two decimals, more only where the amount has them.

    >>> from decimal import Decimal
    >>> _usd(Decimal("0.1000")), _usd(Decimal("0.0375"))
    ('0.10', '0.0375')
    """
    if amount is None:
        return ""
    exact = f"{amount:f}".rstrip("0")
    return exact if len(exact.partition(".")[2]) > 2 else f"{amount:.2f}"
