"""Chips and boards, and what was asked for them."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from catalog.models.fact import Fact, precision_field, source_key
from catalog.models.vendor import Vendor
from catalog.querysets import HardwareQuerySet
from editorial.vocabularies import PriceKind


class HardwareKind(models.TextChoices):
    GPU = "gpu", "GPU"
    APPLE_SOC = "apple_soc", "Apple chip"
    APU = "apu", "APU"
    ACCELERATOR = "accelerator", "Accelerator"


class Segment(models.TextChoices):
    CONSUMER = "consumer", "Consumer"
    WORKSTATION = "workstation", "Workstation"
    DATACENTER = "datacenter", "Data centre"
    LAPTOP = "laptop", "Laptop"
    MINI_PC = "mini_pc", "Mini PC or module"


def rate_field(verbose_name, help_text="Dense, trillions of operations a second."):
    return models.DecimalField(
        verbose_name,
        max_digits=9,
        decimal_places=3,
        null=True,
        blank=True,
        help_text=f"{help_text} Leave empty if no source gives it.",
    )


class Hardware(Fact):
    """A chip or board that runs models, not the computer around it."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    vendor = models.ForeignKey(
        Vendor, on_delete=models.PROTECT, related_name="hardware"
    )
    kind = models.CharField(max_length=12, choices=HardwareKind)
    segment = models.CharField(max_length=12, choices=Segment)
    architecture = models.CharField(max_length=40, blank=True)
    compute_capability = models.CharField(
        max_length=8, blank=True, help_text="NVIDIA only, as 8.9."
    )
    released_on = models.DateField(null=True, blank=True)
    released_on_precision = precision_field()
    memory_bytes = models.PositiveBigIntegerField(
        help_text="Capacity in bytes. Vendors print binary GB: 24 GB = 25769803776."
    )
    memory_type = models.CharField(max_length=12, blank=True)
    memory_bus_bits = models.PositiveIntegerField(
        "memory bus (bit)", null=True, blank=True
    )
    memory_bandwidth_gb_s = models.DecimalField(
        "memory bandwidth (GB/s)",
        max_digits=8,
        decimal_places=2,
        help_text="Peak, decimal gigabytes a second.",
    )
    has_unified_memory = models.BooleanField(
        "unified memory", help_text="The processor and the GPU share one memory."
    )
    fp32_tflops = rate_field("FP32 (TFLOPS)", "Vector rate.")
    fp16_tensor_tflops = rate_field("FP16 tensor (TFLOPS)")
    fp8_tflops = rate_field("FP8 (TFLOPS)")
    fp4_tflops = rate_field("FP4 (TFLOPS)")
    int8_tops = rate_field("INT8 (TOPS)")
    board_power_w = models.PositiveIntegerField(
        "board power (W)", null=True, blank=True
    )
    interface = models.CharField(max_length=40, blank=True)
    has_nvlink = models.BooleanField(
        "NVLink", null=True, blank=True, help_text="Unknown: no source seen says."
    )
    launch_price_usd = models.DecimalField(
        "launch price (USD)", max_digits=10, decimal_places=2, null=True, blank=True
    )
    notes = models.TextField(
        blank=True, help_text="How the figures were read; shown with them."
    )
    source = source_key(help_text="The page that most of the row comes from.")

    history = HistoricalRecords(excluded_fields=["imported"])
    objects = HardwareQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "hardware"
        constraints = [
            models.CheckConstraint(
                condition=Q(memory_bytes__gt=0), name="hardware_has_memory"
            ),
            models.CheckConstraint(
                condition=Q(memory_bandwidth_gb_s__gt=0), name="hardware_has_bandwidth"
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("catalog:hardware_detail", args=[self.slug])


class PriceObservation(Fact):
    """What was asked for a piece of hardware, by whom and when."""

    hardware = models.ForeignKey(
        Hardware, on_delete=models.CASCADE, related_name="prices"
    )
    kind = models.CharField(max_length=16, choices=PriceKind)
    amount = models.DecimalField(
        max_digits=12, decimal_places=4, help_text="Per piece, or per GPU and hour."
    )
    currency = models.CharField(max_length=3, default="USD")
    condition = models.CharField(
        max_length=8,
        blank=True,
        choices=[("new", "new"), ("used", "used")],
        help_text="Empty for rent, or where the source does not say.",
    )
    region = models.CharField(max_length=40, blank=True)
    seller = models.CharField(max_length=120)
    observed_on = models.DateField()
    observed_on_precision = precision_field()
    source = source_key()

    history = HistoricalRecords(excluded_fields=["imported"])

    class Meta:
        ordering = ["hardware", "-observed_on", "kind"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="price_is_positive"),
            models.UniqueConstraint(
                fields=["hardware", "kind", "condition", "seller", "observed_on"]
                + ["amount", "currency", "region"],
                name="one_price_observation",
            ),
        ]

    def __str__(self):
        return f"{self.hardware}: {self.amount} {self.currency}"
