"""What the list of models for a machine is narrowed and ordered by."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from catalog.languages import LANGUAGES
from catalog.listing.filters import Ignored
from catalog.listing.reading import FOREIGN
from catalog.models import Modality
from estimator.engines import RULES, rules_of

TASKS = [
    (value, label)
    for value, label in Modality.choices
    if value not in ("embedding", "audio")
]
USES = [("yes", "Allowed"), ("conditional", "Allowed or under conditions")]
ENGINES = {"llama-cpp": "llama.cpp", "mlx": "MLX", "vllm": "vLLM"}
CONTEXTS = {4096: "4k", 8192: "8k", 32768: "32k", 131072: "128k"}
LEAST = {"Q2_K": "2 bits", "Q3_K_M": "3 bits", "Q4_K_M": "4 bits"}
FLOORS = {5: "5", 10: "10", 20: "20", 40: "40"}
SORTS = {"size": "Largest first", "speed": "Fastest first", "name": "Name"}
FIT_GROUPS = ("comfortable", "tight", "offload", "none")
LANGUAGE_OPEN = "language-open"
"""The group of models that fit and may support the language that was asked for."""
USUAL: dict[str, Any] = {
    "engine": "llama-cpp",
    "context": 8192,
    "least": "Q3_K_M",
    "sort": "size",
    "count": 1,
}


class MachineForm(forms.Form):
    """A filter a field. Empty means the usual."""

    task = forms.ChoiceField(choices=TASKS)
    use = forms.ChoiceField(choices=USES)
    language = forms.ChoiceField(choices=list(LANGUAGES.items()))
    floor = forms.IntegerField(min_value=1, max_value=1000)
    engine = forms.CharField(max_length=60)
    context = forms.IntegerField(min_value=256, max_value=10_000_000)
    least = forms.ChoiceField(choices=list(LEAST.items()))
    sort = forms.ChoiceField(choices=list(SORTS.items()))
    count = forms.IntegerField(min_value=1, max_value=64)
    ram = forms.IntegerField(min_value=1, max_value=8192)
    group = forms.ChoiceField(
        choices=[(name, name) for name in (*FIT_GROUPS, LANGUAGE_OPEN)]
    )

    def __init__(self, parameters: QueryDict):
        super().__init__(parameters)
        for field in self.fields.values():
            field.required = False

    def clean_engine(self) -> str:
        name: str = self.cleaned_data["engine"]
        if name and name not in RULES:
            raise forms.ValidationError("is no engine that we have rules for.")
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("group") == LANGUAGE_OPEN and not cleaned.get("language"):
            self.add_error("group", "needs a language.")
        return cleaned


@dataclass(frozen=True)
class MachineQuery:
    """What a reader asked of the list. None and "" narrow nothing."""

    task: str = ""
    use: str = ""
    language: str = ""
    """A code: models of which the publisher names the language."""
    floor: int | None = None
    engine: str = USUAL["engine"]
    context: int = USUAL["context"]
    least: str = USUAL["least"]
    sort: str = USUAL["sort"]
    count: int = USUAL["count"]
    ram: int | None = None
    group: str = ""
    """The one group that is shown whole."""

    @property
    def family(self) -> str:
        rules = rules_of(self.engine, "")
        return rules.family if rules else "gguf"

    @property
    def is_narrowed(self) -> bool:
        return bool(self.task or self.use or self.language or self.floor)

    def query(self, **changes: Any) -> str:
        """As the part of an address after "?", without what is usual anyway."""
        asked = replace(self, **changes)
        pairs = (
            (name, getattr(asked, name)) for name in MachineQuery.__dataclass_fields__
        )
        return urlencode([(n, v) for n, v in pairs if v and USUAL.get(n) != v])

    def question(self) -> str:
        """The same engine, context and number of cards, as one answer asks for them."""
        pairs = [
            ("count", self.count if self.count > 1 else ""),
            ("engine", "" if self.engine == USUAL["engine"] else self.engine),
            ("context", "" if self.context == USUAL["context"] else self.context),
            ("ram", self.ram or ""),
        ]
        return urlencode([(name, value) for name, value in pairs if value])


def read_machine_query(
    parameters: QueryDict,
) -> tuple[MachineQuery, list[Ignored]]:
    """Nothing in `parameters` can raise an error; what means nothing is named."""
    form = MachineForm(parameters)
    form.is_valid()
    values = {name: value for name, value in form.cleaned_data.items() if value}
    ignored = [
        Ignored(name, parameters.get(name, ""), str(errors[0]))
        for name, errors in form.errors.items()
    ]
    ignored += [
        Ignored(name, parameters.get(name, ""), "this list has no such filter")
        for name in parameters
        if name not in form.fields and not name.startswith(FOREIGN)
    ]
    return MachineQuery(**values), ignored
