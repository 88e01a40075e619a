"""A mail drawn once for everybody, with marks for what differs between recipients."""

from dataclasses import dataclass

PREFERENCES = "xxPREFERENCESxx"
"""Stands where a recipient's own address of the preferences page goes."""

LEAVE = "xxLEAVExx"
"""Stands where a recipient's own address for leaving goes.

Plain letters both, so that no template, renderer or inliner touches them.
"""


@dataclass(frozen=True)
class DrawnMail:
    """The parts of a mail, before the marks are replaced."""

    subject: str
    html: str
    text: str
