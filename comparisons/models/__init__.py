from comparisons.models.comparison import (
    MAX_SIDES,
    MIN_SIDES,
    Comparison,
    ComparisonSide,
    DecisionRule,
    Dimension,
    Rating,
    RelatedPage,
    SideFailureMode,
    Subject,
)
from comparisons.models.template import DimensionTemplate, TemplateRow
from comparisons.models.verdict import PointGroup, Verdict, VerdictPoint

__all__ = [
    "MAX_SIDES",
    "MIN_SIDES",
    "Comparison",
    "ComparisonSide",
    "DecisionRule",
    "Dimension",
    "DimensionTemplate",
    "PointGroup",
    "Rating",
    "RelatedPage",
    "SideFailureMode",
    "Subject",
    "TemplateRow",
    "Verdict",
    "VerdictPoint",
]
