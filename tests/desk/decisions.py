"""Who may open what in the desk: the table that the walk compares every address with.

Roles by their letters: W writer, R reviewer, P publisher, F fact editor, M moderator,
A administrator, N staff without a group. A superuser may do what anybody may, and what
stands behind SUPERUSER. Nobody else reaches the desk at all.

A new model of the admin needs a row in MODELS, any other new address one in VIEWS,
DOCUMENT_VIEWS or FACT_VIEWS; the walk fails until it has one.
"""

from dataclasses import dataclass

ALL = "WRPFMAN"
READERS = "WRPFM"
WRITERS = "WRP"
COMMENTERS = "WRPM"
APPROVERS = "RP"
PUBLISHERS = "P"
FACT_EDITORS = "F"
SOURCE_EDITORS = "WRPF"
SOURCE_MERGERS = "PF"
REPORT_HANDLERS = "PM"
ERASERS = "MA"
AUDITORS = "PA"
ADMINISTRATORS = "A"
SUPERUSER = ""
NOBODY = "nobody"


@dataclass(frozen=True)
class Rights:
    """Who sees the list, a row and its history; who adds, edits and deletes."""

    see: str
    add: str = NOBODY
    edit: str = NOBODY
    delete: str = NOBODY


DOCUMENT = Rights(READERS, WRITERS, WRITERS, SUPERUSER)
FACT = Rights(READERS, FACT_EDITORS, FACT_EDITORS, SUPERUSER)
WRITTEN_BY_THE_SITE = Rights(READERS)
PEOPLE = Rights(*[ADMINISTRATORS] * 4)

MODELS = {
    "comparisons.comparison": DOCUMENT,
    "comparisons.verdict": DOCUMENT,
    "newsletter.digestissue": DOCUMENT,
    "comparisons.dimensiontemplate": Rights("WRPF", "PF", "PF", "PF"),
    "editorial.source": Rights(READERS, SOURCE_EDITORS, SOURCE_EDITORS, SUPERUSER),
    "editorial.citation": Rights(READERS, SOURCE_EDITORS, SOURCE_EDITORS, SUPERUSER),
    "editorial.publication": WRITTEN_BY_THE_SITE,
    "editorial.recheck": WRITTEN_BY_THE_SITE,
    "editorial.verification": WRITTEN_BY_THE_SITE,
    "editorial.bulkjob": Rights(WRITERS),
    # The page of a bundle is only read; its name is edited at `details`.
    "editorial.bundle": Rights(WRITERS, PUBLISHERS, NOBODY, PUBLISHERS),
    "editorial.report": Rights(REPORT_HANDLERS),
    "newsletter.subscriber": Rights(ERASERS),
    "editorial.editorialevent": Rights(AUDITORS),
    "newsletter.mailing": Rights(PUBLISHERS),
    "newsletter.letter": Rights(PUBLISHERS),
    "auth.user": PEOPLE,
    "auth.group": PEOPLE,
    "django_tasks_database.dbtaskresult": Rights(SUPERUSER),
    **dict.fromkeys(
        (
            *("catalog.vendor", "catalog.alias", "catalog.engine", "catalog.hardware"),
            *("catalog.enginerelease", "catalog.enginestatement"),
            *("catalog.supportcell", "catalog.failuremode", "catalog.aimodel"),
            *("catalog.modelfamily", "catalog.modelfile", "catalog.hostedprice"),
            "catalog.modellanguages",
            *("catalog.priceobservation", "benchmarks.benchmark"),
        ),
        FACT,
    ),
}


def get(roles: str) -> dict[str, str]:
    return {"GET": roles}


def post(roles: str) -> dict[str, str]:
    return {"POST": roles}


def both(roles: str) -> dict[str, str]:
    return get(roles) | post(roles)


OF_DJANGO = {
    # what the admin brings along answers any method
    "admin:index": get(ALL),
    "admin/": get(ALL),
    "admin:app_list": get(READERS + ADMINISTRATORS),
    "admin:jsi18n": get(ALL),
    "admin:password_change": both(ALL),
    "admin/password_change/": both(ALL),
    "admin:password_change_done": get(ALL),
    "admin:view_on_site": get(ALL),
    "admin:logout": post(ALL),
    "admin:auth_user_password_change": both(ADMINISTRATORS),
}

VIEWS = OF_DJANGO | {
    # address by its name, or by its route where it has none; then its verb, if any
    "admin:freshness": get(READERS),
    "admin:facts_due": get(READERS) | post(FACT_EDITORS),
    "admin:calendar": get(READERS),
    "admin:editorial_publication_consistency": get(READERS),
    "admin:editorial_publication_site": get(READERS),
    "admin:editorial_publication_moved_numbers": get(READERS) | post(WRITERS),
    "admin:editorial_editorialevent_export": post(AUDITORS),
    "admin:editorial_source_known": get(READERS),
    "admin:editorial_source_merge": both(SOURCE_MERGERS),
    "admin:editorial_source_import": both(SOURCE_EDITORS),
    "admin:editorial_source_import_plan": both(SOURCE_EDITORS),
    "admin:editorial_bundle_pick": get(PUBLISHERS),
    "admin:editorial_bundle_details": get(WRITERS) | post(PUBLISHERS),
    "admin:editorial_bundle_add_document": post(PUBLISHERS),
    "admin:editorial_bundle_remove_document": post(PUBLISHERS),
    "admin:editorial_bundle_step release": both(PUBLISHERS),
    "admin:editorial_bundle_step schedule": both(PUBLISHERS),
    "admin:editorial_bundle_step cancel": both(PUBLISHERS),
    "admin:editorial_report_step take": post(REPORT_HANDLERS),
    "admin:editorial_report_step accept": post(REPORT_HANDLERS),
    "admin:editorial_report_step fix": post(REPORT_HANDLERS),
    "admin:editorial_report_step refuse": post(REPORT_HANDLERS),
    "admin:editorial_report_step mark_duplicate": post(REPORT_HANDLERS),
    "admin:editorial_report_step mark_spam": post(REPORT_HANDLERS),
    "admin:newsletter_subscriber_erase": both(ERASERS),
    "admin:newsletter_mailing_step pause": post(PUBLISHERS),
    "admin:newsletter_mailing_step resume": post(PUBLISHERS),
    "admin:newsletter_mailing_step send_anyway": post(PUBLISHERS),
    "admin:newsletter_mailing_step call_off": post(PUBLISHERS),
    "admin:newsletter_mailing_step set_pace": post(PUBLISHERS),
    "admin:newsletter_letter_step send_again": post(PUBLISHERS),
    "admin:newsletter_letter_step leave_unsent": post(PUBLISHERS),
    "admin:comparisons_comparison_begin": both(WRITERS),
    "admin:comparisons_comparison_copy": both(WRITERS),
    "admin:comparisons_comparison_sides": both(WRITERS),
    "admin:comparisons_comparison_drop_side": both(WRITERS),
    "admin:newsletter_digestissue_begin": both(WRITERS),
    "admin:newsletter_digestissue_since": both(WRITERS),
    "admin:newsletter_digestissue_mail": get(READERS),
    "admin:newsletter_digestissue_mail_frame": get(READERS),
    "admin:newsletter_digestissue_test": post(PUBLISHERS),
    "admin:newsletter_digestissue_send": both(PUBLISHERS),
    "accounts:account": get(ALL),
    "accounts:session_end": post(ALL),
    "accounts:verify": both(ALL),
    "accounts:enrol": both(ALL),
    "accounts:recovery_codes": both(ALL),
    "accounts:app_remove": both(ALL),
    "accounts:person_access": get(ADMINISTRATORS),
    "accounts:person_session_end": post(ADMINISTRATORS),
    "accounts:person_factor_remove": post(ADMINISTRATORS),
    "accounts:lock_outs": both(ADMINISTRATORS),
}

DOCUMENT_VIEWS = {
    # the last part of the name, for each kind of document, then its verb, if any
    "preview": get(READERS),
    "preview_frame": get(READERS),
    "versions": get(READERS),
    "diff": get(READERS),
    "used_by": get(READERS),
    "restore": post(WRITERS),
    "merge": post(WRITERS),
    "comments": get(READERS) | post(COMMENTERS),
    "reply": post(COMMENTERS),
    "settle": post(COMMENTERS),
    "comment_mute": post(READERS),
    "links": both(PUBLISHERS),
    "revoke_link": post(PUBLISHERS),
    "scratch": post(WRITERS),
    "typed": get(WRITERS),
    "discard": post(WRITERS),
    "new_scratch": post(WRITERS),
    "new_typed": get(WRITERS),
    "new_discard": post(WRITERS),
    "export": get(WRITERS),
    "import": both(WRITERS),
    "bulk submit": post(WRITERS),
    "bulk request_changes": post(APPROVERS),
    "bulk publish": post(PUBLISHERS),
    "bulk schedule": post(PUBLISHERS),
    "bulk cancel": post(PUBLISHERS),
    "bulk recheck": post(PUBLISHERS),
    "bulk withdraw": post(PUBLISHERS),
    "step submit": both(WRITERS),
    "step assign": both(WRITERS),
    "step approve": both(APPROVERS),
    "step request_changes": both(APPROVERS),
    "step publish": both(PUBLISHERS),
    "step schedule": both(PUBLISHERS),
    "step cancel": both(PUBLISHERS),
    "step verify": both(PUBLISHERS),
    "step recheck": both(PUBLISHERS),
    "step withdraw": both(PUBLISHERS),
}

WITHOUT_ROW = {
    "new_scratch",
    "new_typed",
    "new_discard",
    "export",
    "import",
    "import_plan",
    "bulk",
}
"""Views of a list, not of one row."""

FACT_VIEWS = {
    # the last part of the name, for each model of facts that has such a view
    "used_by": get(READERS),
    "export": get(READERS),
    "import": both(FACT_EDITORS),
    "import_plan": both(FACT_EDITORS),
}

OPEN = {"admin:login"}
"""What one reaches without being signed in."""

NO_PAGES = {
    # answers that are no HTML of the desk's own, by the name or its last part
    "admin:jsi18n",
    "admin:view_on_site",
    "admin:editorial_bundle_pick",
    "admin:editorial_source_known",
    "preview_frame",
    "mail_frame",
    "export",
}
LEAD_ELSEWHERE = {
    # where one without a second factor is led away; tests of accounts look at them
    "accounts:verify",
    "accounts:recovery_codes",
    "accounts:app_remove",
}
