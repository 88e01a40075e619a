"""Open-weight models, their files and their hosted prices."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from catalog.models.fact import Fact, precision_field, source_key
from catalog.models.vendor import Vendor
from catalog.querysets import AIModelQuerySet, ModelFileQuerySet


class ModelFamily(Fact):
    """Siblings that share a name and a design."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "model families"

    def __str__(self):
        return self.name


class CommercialUse(models.TextChoices):
    YES = "yes", "Allowed"
    CONDITIONAL = "conditional", "Allowed under conditions"
    NO = "no", "Not allowed"


class Modality(models.TextChoices):
    TEXT = "text", "Text"
    VISION = "vision", "Vision"
    REASONING = "reasoning", "Reasoning"
    CODE = "code", "Code"
    EMBEDDING = "embedding", "Embedding"
    AUDIO = "audio", "Audio"


class Architecture(models.TextChoices):
    DENSE = "dense", "Dense"
    MOE = "moe", "Mixture of experts"
    HYBRID = "hybrid", "Hybrid (state-space or linear attention)"
    MLA = "mla", "Mixture of experts with latent attention"


def count_field(verbose_name=None, **options):
    return models.PositiveIntegerField(verbose_name, null=True, blank=True, **options)


class AIModel(Fact):
    """One set of weights that somebody published."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    family = models.ForeignKey(
        ModelFamily, on_delete=models.PROTECT, related_name="models"
    )
    vendor = models.ForeignKey(
        Vendor,
        on_delete=models.PROTECT,
        related_name="ai_models",
        verbose_name="developer",
    )
    released_on = models.DateField(null=True, blank=True)
    released_on_precision = precision_field()
    license = models.CharField(max_length=60, blank=True)
    commercial_use = models.CharField(
        max_length=12,
        choices=CommercialUse,
        blank=True,
        help_text="A reading aid, not legal advice. Empty: not decided.",
    )
    modality = models.CharField(max_length=12, choices=Modality)
    architecture = models.CharField(max_length=8, choices=Architecture)
    total_parameters = models.PositiveBigIntegerField(
        help_text="Of the checkpoint, vision tower and extra layers included."
    )
    active_parameters = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="Used for each token."
    )
    layers = count_field()
    hidden_size = count_field()
    attention_heads = count_field()
    kv_heads = count_field("KV heads")
    head_dim = count_field("head size")
    kv_lora_rank = count_field("KV rank", help_text="Latent attention only.")
    qk_rope_head_dim = count_field(
        "rotary head size", help_text="Latent attention only."
    )
    sliding_window_tokens = count_field("sliding window (tokens)")
    global_layer_every_n = count_field(
        "full attention every n layers",
        help_text="Every n-th layer attends to everything.",
    )
    vocabulary_size = count_field()
    has_tied_embeddings = models.BooleanField("tied embeddings", null=True, blank=True)
    context_window_tokens = count_field("context window (tokens)")
    native_dtype = models.CharField(max_length=12, blank=True)
    hf_repository = models.CharField("Hugging Face repository", max_length=120)
    notes = models.TextField(
        blank=True, help_text="How the figures were read; shown with them."
    )
    source = source_key(help_text="Where the architecture was read.")

    history = HistoricalRecords(excluded_fields=["imported"])
    objects = AIModelQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = "model"
        constraints = [
            models.CheckConstraint(
                condition=Q(total_parameters__gt=0), name="model_has_parameters"
            ),
            models.CheckConstraint(
                condition=Q(active_parameters=None)
                | Q(active_parameters__lte=F("total_parameters")),
                name="active_parameters_within_total",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("catalog:ai_model_detail", args=[self.slug])


class SizeUnit(models.TextChoices):
    BYTES = "bytes", "bytes"
    GB = "GB", "GB"
    GIB = "GiB", "GiB"
    MB = "MB", "MB"
    MIB = "MiB", "MiB"


class ModelFile(Fact):
    """One downloadable form of a model. Sums over a repository's weight files."""

    ai_model = models.ForeignKey(
        AIModel, on_delete=models.CASCADE, related_name="files", verbose_name="model"
    )
    weight_format = models.CharField(max_length=12)
    quantization = models.CharField(max_length=20)
    size_bytes = models.PositiveBigIntegerField(
        "size (bytes)", help_text="Worked out once from the printed size."
    )
    printed_size = models.DecimalField(
        max_digits=16, decimal_places=3, help_text="As the source prints it."
    )
    printed_unit = models.CharField(
        max_length=5, choices=SizeUnit, help_text="Anything but bytes is rounded."
    )
    bits_per_weight = models.DecimalField(
        max_digits=8, decimal_places=4, null=True, blank=True
    )
    publisher = models.CharField(max_length=80)
    source = source_key()

    history = HistoricalRecords(excluded_fields=["imported"])
    objects = ModelFileQuerySet.as_manager()

    class Meta:
        ordering = ["ai_model", "size_bytes"]
        constraints = [
            models.CheckConstraint(
                condition=Q(size_bytes__gt=0), name="model_file_has_size"
            ),
            models.UniqueConstraint(
                fields=["ai_model", "weight_format", "quantization", "publisher"],
                name="one_file_per_publisher",
            ),
        ]

    def __str__(self):
        return f"{self.ai_model} {self.quantization} ({self.publisher})"

    @property
    def is_exact(self) -> bool:
        return self.printed_unit == SizeUnit.BYTES


class HostedPrice(Fact):
    """What a provider asks for a million tokens."""

    ai_model = models.ForeignKey(
        AIModel,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="hosted_prices",
        verbose_name="model",
        help_text="Empty: a closed model, or one the catalogue lacks.",
    )
    provider = models.CharField(max_length=60)
    model_name = models.CharField(max_length=80, help_text="As the provider names it.")
    input_usd_per_million_tokens = models.DecimalField(max_digits=10, decimal_places=4)
    output_usd_per_million_tokens = models.DecimalField(
        max_digits=10, decimal_places=4, null=True, blank=True
    )
    observed_on = models.DateField()
    observed_on_precision = precision_field()
    source = source_key()

    history = HistoricalRecords(excluded_fields=["imported"])

    class Meta:
        ordering = ["provider", "model_name", "-observed_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(input_usd_per_million_tokens__gte=0)
                & (
                    Q(output_usd_per_million_tokens=None)
                    | Q(output_usd_per_million_tokens__gte=0)
                ),
                name="hosted_price_is_not_negative",
            ),
            models.UniqueConstraint(
                fields=["provider", "model_name", "observed_on"],
                name="one_hosted_price_per_day",
            ),
        ]

    def __str__(self):
        return f"{self.provider}: {self.model_name}"
