"""Where on the desk's forms things stand whose input has another name."""

from comparisons.desk.forms import field_name
from comparisons.models import Comparison, ComparisonSide, Rating, Verdict
from editorial.places import place_key

FACT_FIELDS = ("engine", "hardware", "ai_model")
RATING_FIELDS = {
    "": "value",
    "rating": "value",
    "reason": "reason",
    "version": "version",
    "observed_on": "observed_on",
    "sources": "sources",
}


def comparison_element_ids(comparison: Comparison) -> dict[str, str]:
    """Ratings stand beside their dimension; a side's fact has three inputs."""
    ids = {}
    dimensions = comparison.dimensions.values_list("pk", flat=True)
    indexes = {pk: index for index, pk in enumerate(dimensions)}
    ratings = Rating.objects.filter(dimension__comparison=comparison)
    for rating in ratings.select_related("side"):
        prefix = f"id_dimensions-{indexes[rating.dimension_id]}"
        for field, name in RATING_FIELDS.items():
            place = place_key(rating.uid, field)
            ids[place] = f"{prefix}-{field_name(rating.side, name)}"
    for index, side in enumerate(comparison.sides.all()):
        ids[place_key(side.uid, "fact")] = f"id_sides-{index}-{_fact_field(side)}"
    return ids


def verdict_element_ids(verdict: Verdict) -> dict[str, str]:
    return {"subject": f"id_{_fact_field(verdict)}"}


def _fact_field(row: ComparisonSide | Verdict) -> str:
    filled = (name for name in FACT_FIELDS if getattr(row, f"{name}_id"))
    return next(filled, FACT_FIELDS[0])
