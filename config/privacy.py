"""What readers are told about their data, from the constants that the code uses."""

from typing import Any

from editorial.anonymous_forms import COUNTERS_KEPT_DAYS
from editorial.reads.counting import KEPT_DAYS as READS_KEPT_DAYS
from editorial.reports.answering import ADDRESS_KEPT_DAYS
from newsletter import limits
from newsletter.consent import CURRENT, words_of
from newsletter.subscriptions import LEFT_KEPT_DAYS
from newsletter.tokens import CONFIRM_DAYS, DATA_HOURS


def privacy_context() -> dict[str, Any]:
    return {
        "confirm_days": CONFIRM_DAYS,
        "left_kept_days": LEFT_KEPT_DAYS,
        "data_hours": DATA_HOURS,
        "consent": words_of(CURRENT),
        "report_kept_days": ADDRESS_KEPT_DAYS,
        "counters_kept_days": COUNTERS_KEPT_DAYS,
        "letters_counted_days": limits.COUNTERS_KEPT_DAYS,
        "reads_kept_days": READS_KEPT_DAYS,
    }
