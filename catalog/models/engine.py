"""Programs that run models, and what they support."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from simple_history.models import HistoricalRecords

from catalog.models.fact import Fact, precision_field, source_key
from catalog.models.vendor import Vendor
from catalog.querysets import EngineQuerySet, ReleaseQuerySet, SupportCellQuerySet
from editorial.reports.claim_pages import short
from editorial.vocabularies import Severity, SupportValue


class EngineKind(models.TextChoices):
    ENGINE = "engine", "Engine"
    SERVER = "server", "Server"
    LIBRARY = "library", "Library"
    FRONTEND = "frontend", "Front end"


class EngineStatus(models.TextChoices):
    ACTIVE = "active", "Active"
    MAINTENANCE = "maintenance", "Maintenance only"
    INACTIVE = "inactive", "Inactive"
    ARCHIVED = "archived", "Archived"


class Engine(Fact):
    """A program that runs models, or stands in front of one that does."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=EngineKind)
    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="engines")
    homepage_url = models.URLField("homepage", max_length=300)
    repository_url = models.URLField("repository", max_length=300, blank=True)
    docs_url = models.URLField("documentation", max_length=300, blank=True)
    license = models.CharField(
        max_length=60, help_text="SPDX id, or LicenseRef-… for a licence without one."
    )
    license_note = models.CharField(max_length=300, blank=True)
    primary_language = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=12, choices=EngineStatus)
    default_port = models.PositiveIntegerField(
        null=True, blank=True, help_text="Leave empty if it serves no port."
    )
    min_compute_capability = models.CharField(
        max_length=8,
        blank=True,
        help_text="The oldest NVIDIA compute capability that works, as 7.5.",
    )
    min_compute_capability_note = models.CharField(max_length=300, blank=True)
    install_command = models.TextField(blank=True, help_text="As documented.")
    quickstart_command = models.TextField(blank=True, help_text="As documented.")
    notes = models.TextField(blank=True, help_text="For editors; not shown.")
    source = source_key(help_text="The page that most of the row comes from.")

    history = HistoricalRecords(excluded_fields=["imported"])
    objects = EngineQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("catalog:engine_detail", args=[self.slug])

    @cached_property
    def listed_support(self):
        """The cells of `EngineQuerySet.for_list_page` by (axis, key)."""
        return {(cell.axis, cell.key): cell for cell in self.listed_cells}


class ReleaseRole(models.TextChoices):
    FIRST = "first", "First release"
    LATEST_SEEN = "latest_seen", "Latest release seen"
    LATER_REPORTED = "later_reported", "Later release, reported by a third party"
    OTHER = "other", "Other release"


class ReleaseBasis(models.TextChoices):
    RELEASE = "release", "release page or tag"
    DOCS = "docs", "documentation"
    ANNOUNCEMENT = "announcement", "announcement"
    FIRST_TAG = "first_tag", "first tag"
    FIRST_COMMIT = "first_commit", "first commit"
    LAST_COMMIT = "last_commit", "last commit"
    FORK = "fork", "fork"
    ISSUE_REPORT = "issue_report", "issue report"
    SECOND_HAND = "second_hand", "third party"
    UNKNOWN = "unknown", "not seen"


class EngineRelease(Fact):
    """A version that somebody saw, and where."""

    engine = models.ForeignKey(
        Engine, on_delete=models.CASCADE, related_name="releases"
    )
    role = models.CharField(max_length=16, choices=ReleaseRole)
    version = models.CharField(max_length=60, blank=True)
    released_on = models.DateField(null=True, blank=True)
    released_on_precision = precision_field()
    basis = models.CharField(max_length=16, choices=ReleaseBasis)
    note = models.CharField(max_length=300, blank=True)
    source = source_key(null=True, blank=True)

    history = HistoricalRecords(excluded_fields=["imported"])
    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["engine", "-released_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["engine", "role"],
                condition=~Q(role="other"),
                name="one_release_per_role",
            ),
        ]

    def __str__(self):
        return f"{self.engine} {self.version}".strip()


class SupportAxis(models.TextChoices):
    BACKEND = "backend", "Hardware back end"
    FEATURE = "feature", "Feature"
    OPERATING_SYSTEM = "operating_system", "Operating system"
    FORMAT = "format", "Model format"


class SupportCell(Fact):
    """Whether an engine supports one thing, and who says so."""

    engine = models.ForeignKey(Engine, on_delete=models.CASCADE, related_name="cells")
    axis = models.CharField(max_length=18, choices=SupportAxis)
    key = models.SlugField(max_length=40)
    value = models.CharField(max_length=16, choices=SupportValue)
    note = models.CharField(max_length=400, blank=True)
    source = source_key(
        null=True,
        blank=True,
        help_text="Needed for yes, partial and no of a feature or a back end.",
    )

    history = HistoricalRecords(excluded_fields=["imported"])
    objects = SupportCellQuerySet.as_manager()

    class Meta:
        ordering = ["engine", "axis", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["engine", "axis", "key"], name="one_cell_per_engine_and_key"
            ),
            models.CheckConstraint(
                condition=Q(value__in=["unknown", "not_applicable"])
                | Q(axis__in=["operating_system", "format"])
                | Q(source__isnull=False),
                name="support_cell_is_cited",
                violation_error_message="Say which page proves it, or choose unknown.",
            ),
        ]

    def __str__(self):
        return f"{self.engine}: {self.key}"


class EngineStatement(Fact):
    """One cited sentence about an engine."""

    engine = models.ForeignKey(
        Engine, on_delete=models.CASCADE, related_name="statements"
    )
    claim = models.TextField()
    source = source_key()

    history = HistoricalRecords(excluded_fields=["imported"])

    class Meta:
        ordering = ["engine", "id"]

    def __str__(self):
        return self.claim[:80]


class FailureMode(Fact):
    """One way an engine is known to fail, as its source tells it."""

    engine = models.ForeignKey(
        Engine, on_delete=models.CASCADE, related_name="failure_modes"
    )
    title = models.CharField(max_length=120)
    trigger = models.CharField(max_length=300)
    symptom = models.CharField(max_length=300)
    mitigation = models.CharField(max_length=400)
    severity = models.CharField(
        max_length=8,
        choices=Severity,
        help_text="High: down or wrong. Medium: a setting must change. Low: nuisance.",
    )
    first_seen_version = models.CharField(
        max_length=60, blank=True, help_text="Only if the source names one."
    )
    related_error = models.SlugField(max_length=80, blank=True)
    source = source_key()

    history = HistoricalRecords(excluded_fields=["imported"])

    class Meta:
        ordering = ["engine", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["engine", "title"], name="one_failure_mode_per_title"
            ),
        ]

    def __str__(self):
        return f"{self.engine}: {self.title}"

    @property
    def place(self) -> str:
        """What names it in an address, as where a reader reports it."""
        return f"failure-{short(self.uid)}"
