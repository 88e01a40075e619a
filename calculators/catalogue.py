"""The whole catalogue of models as an estimate needs it, in two lean statements."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from calculators.architectures import architecture_of
from calculators.files import FORMATS
from catalog.models import AIModel, ModelFile
from estimator.inputs import ModelArchitecture


class SourceAddress(NamedTuple):
    url: str


class SizedFile(NamedTuple):
    """A row of files without all that estimates do not read."""

    ai_model_id: int
    weight_format: str
    quantization: str
    size_bytes: int
    printed_text: str
    """The printed size before it is a number: most are never asked for."""
    printed_unit: str
    publisher: str
    source_url: str

    @property
    def is_exact(self) -> bool:
        return self.printed_unit == "bytes"

    @property
    def printed_size(self) -> Decimal:
        return Decimal(self.printed_text)

    @property
    def source(self) -> SourceAddress:
        return SourceAddress(self.source_url)


@dataclass(frozen=True)
class CataloguedModel:
    row: AIModel
    architecture: ModelArchitecture
    files: list[Any]


def catalogued_models(
    family: str, only: Collection[int] | None = None
) -> list[CataloguedModel]:
    """Every model that writes text, with its files for one family of engines.

    `only` are primary keys.
    """
    files: dict[int, list[Any]] = defaultdict(list)
    found = ModelFile.objects.for_ranking(FORMATS[family])
    rows: Any = AIModel.objects.that_write().for_ranking()
    if only is not None:
        found, rows = found.filter(ai_model__in=only), rows.filter(pk__in=only)
    for values in found:
        file = SizedFile(*values)
        files[file.ai_model_id].append(file)
    return [CataloguedModel(row, architecture_of(row), files[row.pk]) for row in rows]
