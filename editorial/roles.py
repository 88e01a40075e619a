"""The groups of the desk, and the sets of rights that they are given on a table.

A person may be in several groups: their rights add up.
"""

WRITERS = "Writers"
REVIEWERS = "Reviewers"
PUBLISHERS = "Publishers"
FACT_EDITORS = "Fact editors"
MODERATORS = "Moderators"
ADMINISTRATORS = "Administrators"

ROLES = {
    WRITERS: "write, comment and send to review",
    REVIEWERS: "approve a text or ask for changes, and write",
    PUBLISHERS: "publish, schedule, withdraw and verify, and review",
    FACT_EDITORS: "correct and import facts",
    MODERATORS: "answer readers and outsiders",
    ADMINISTRATORS: "look after people, groups, sessions and the audit",
}
"""Each group with what it is for, in the order in which it is explained."""

BUILT_ON = {REVIEWERS: WRITERS, PUBLISHERS: REVIEWERS}
"""A group that may do everything another may."""

DOCUMENT_READERS = (WRITERS, FACT_EDITORS, MODERATORS)
"""Who sees drafts; reviewers and publishers are writers too."""

VIEW = ("view",)
EDIT = ("add", "change", "view")
KEEP = ("add", "change", "view", "delete")
