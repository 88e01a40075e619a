"""What a reading of a licence keeps, and the sentences that many of them share."""

import datetime
from dataclasses import dataclass

READ_ON = datetime.date(2026, 11, 25)


@dataclass(frozen=True)
class Licence:
    """What a licence permits, what it asks, and where its text was read."""

    name: str
    permits: str
    conditions: tuple[str, ...]
    url: str
    read_on: datetime.date = READ_ON


FREE = "Use, change and share, also commercially."
USE_LIMITS = "Use, change and share, also commercially, within a list of barred uses."
RESEARCH_ONLY = "Research and other uses that earn nothing. No commercial use."
PASSED_ON = "The list of barred uses has to be passed on to users and derived models."
NO_MILITARY_USE = "Military use is barred."
COPIES = "Copies carry the licence and a notice."
COPIES_AND_CHANGES = "Copies carry the licence and a notice; changed files say so."
ENDS = "It ends when its terms are broken, or when the user sues over the model."
TRAINED_ON_OUTPUT = (
    "A model trained on its output to behave like it counts as a derived model."
)
NOT_FOR_OTHER_MODELS = (
    "Neither it nor its output may be used to improve other language models."
)
