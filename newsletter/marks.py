"""Marks in a drawn mail that each recipient's own addresses take the place of.

Plain letters, so that no template, Markdown renderer or CSS inliner touches them.
"""

PREFERENCES = "xxPREFERENCESxx"
LEAVE = "xxLEAVExx"
