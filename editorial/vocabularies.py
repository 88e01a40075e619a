"""The site's vocabularies and rule constants: one per idea, nowhere a second one."""

from django.db.models import TextChoices

VOLATILE_DAYS = 90
"""Days after which a price, version or speed is due for re-check."""

SPECIFICATION_DAYS = 365
"""Days after which a specification is due for re-check."""

CORRECTION_DAYS = 7
"""Days within which a reported error is corrected in public."""


class ReportState(TextChoices):
    """What became of a reader's report. Who looks at it stands beside it."""

    NEW = "new", "new"
    ACCEPTED = "accepted", "accepted"
    FIXED = "fixed", "fixed"
    NOT_A_MISTAKE = "not_a_mistake", "not a mistake"
    DUPLICATE = "duplicate", "duplicate"
    SPAM = "spam", "spam"


OPEN_REPORT_STATES = (ReportState.NEW, ReportState.ACCEPTED)


class ReviewState(TextChoices):
    """Where a working copy stands. Whether it is public follows from the windows."""

    DRAFT = "draft", "draft"
    IN_REVIEW = "in_review", "in review"
    CHANGES_REQUESTED = "changes_requested", "changes requested"
    APPROVED = "approved", "approved"


class PublicStatus(TextChoices):
    """What the clock says about a document's publications. Never stored."""

    UNPUBLISHED = "unpublished", "not published"
    SCHEDULED = "scheduled", "scheduled"
    PUBLISHED = "published", "published"
    RETIRED = "retired", "retired"


class Provenance(TextChoices):
    EDITORIAL = "editorial", "Editorial"
    COMMUNITY = "community", "Community submitted"


class RatingValue(TextChoices):
    EXCELLENT = "excellent", "Excellent"
    STRONG = "strong", "Strong"
    ACCEPTABLE = "acceptable", "Acceptable"
    LIMITED = "limited", "Limited"
    POOR = "poor", "Poor"
    NOT_APPLICABLE = "not_applicable", "Not applicable"


RATING_STEPS = {
    RatingValue.EXCELLENT: 4,
    RatingValue.STRONG: 3,
    RatingValue.ACCEPTABLE: 2,
    RatingValue.LIMITED: 1,
    RatingValue.POOR: 0,
    RatingValue.NOT_APPLICABLE: None,
}
"""Filled steps of the meter; None draws no meter, for it is not a low rating."""


class Direction(TextChoices):
    """Which way a dimension is good; asked of the editor, printed beside the gloss."""

    HIGHER = "higher", "higher is better"
    LOWER = "lower", "lower is better"
    BROADER = "broader", "broader is better"
    SOONER = "sooner", "sooner is better"


class SupportValue(TextChoices):
    YES = "yes", "Yes"
    PARTIAL = "partial", "Partial"
    NO = "no", "No"
    NOT_APPLICABLE = "not_applicable", "Not applicable"
    UNKNOWN = "unknown", "Unknown"


class FactMark(TextChoices):
    """How far one figure is from what a source prints."""

    DERIVED = "derived", "Derived"
    DOUBTFUL = "doubtful", "Doubtful"


MARK_MEANINGS = {
    FactMark.DERIVED: "worked out from another figure, not printed by a source.",
    FactMark.DOUBTFUL: "printed, but another source contradicts it.",
}


class Severity(TextChoices):
    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


SEVERITY_ORDER = {Severity.HIGH: 0, Severity.MEDIUM: 1, Severity.LOW: 2}


class SourceKind(TextChoices):
    OFFICIAL_DOCS = "official_docs", "Official docs"
    PAPER = "paper", "Paper"
    OWN_RUN = "own_run", "Own run"
    COMMUNITY = "community", "Community"
    VENDOR_SPECIFICATION = "vendor_specification", "Vendor specification"
    DATABASE = "database", "Database"
    PRICE_LIST = "price_list", "Price list"


class PriceKind(TextChoices):
    MSRP = "msrp", "MSRP"
    STREET_NEW = "street_new", "Street, new"
    STREET_USED = "street_used", "Street, used"
    STREET_UNSTATED = "street_unstated", "Street, condition not stated"
    CLOUD_HOUR = "cloud_hour", "Cloud hour"
    MARKETPLACE_HOUR = "marketplace_hour", "Spot or marketplace hour"


NEW_KINDS = (PriceKind.MSRP, PriceKind.STREET_NEW)
USED_KINDS = (PriceKind.STREET_USED,)
CLOUD_KINDS = (PriceKind.CLOUD_HOUR, PriceKind.MARKETPLACE_HOUR)
PURCHASE_KINDS = (*NEW_KINDS, *USED_KINDS)
"""Prices that one range may span: buying and renting, new and used stay apart."""


class BenchmarkSource(TextChoices):
    OWNER = "owner", "Owner"
    COMMUNITY = "community", "Community"
    OFFICIAL = "official", "Official"


class BenchmarkState(TextChoices):
    QUEUED = "queued", "Queued"
    RETURNED = "returned", "Returned"
    REJECTED = "rejected", "Rejected"
    PUBLISHED = "published", "Published"
    REPRODUCED = "reproduced", "Reproduced"
    INDEPENDENTLY_REPRODUCED = "independently_reproduced", "Independently reproduced"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Confidence(TextChoices):
    LOW = "low", "Low"
    MODERATE = "moderate", "Moderate"
    HIGH = "high", "High"
    VERY_HIGH = "very_high", "Very high"
