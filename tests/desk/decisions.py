"""Who may open what in the desk: the table that the walk compares every address with.

Roles by their letters: W writer, R reviewer, P publisher, F fact editor, M moderator,
A administrator, N staff without a group. A superuser may do what anybody may, and what
stands behind SUPERUSER. Nobody else reaches the desk at all.

A new model of the admin needs a row in MODELS, any other new address one in VIEWS or
DOCUMENT_VIEWS; the walk fails until it has one.
"""

from dataclasses import dataclass

ALL = "WRPFMAN"
READERS = "WRPFM"
WRITERS = "WRP"
APPROVERS = "RP"
PUBLISHERS = "P"
FACT_EDITORS = "F"
SOURCE_EDITORS = "WRPF"
ADMINISTRATORS = "A"
SUPERUSER = ""


@dataclass(frozen=True)
class Rights:
    """Who sees the list, a row and its history; who adds, edits and deletes."""

    see: str
    add: str = "nobody"
    edit: str = "nobody"
    delete: str = "nobody"


DOCUMENT = Rights(READERS, WRITERS, WRITERS, SUPERUSER)
FACT = Rights(READERS, FACT_EDITORS, FACT_EDITORS, SUPERUSER)
WRITTEN_BY_THE_SITE = Rights(READERS)
PEOPLE = Rights(*[ADMINISTRATORS] * 4)

MODELS = {
    "comparisons.comparison": DOCUMENT,
    "comparisons.verdict": DOCUMENT,
    "comparisons.dimensiontemplate": Rights("WRPF", "PF", "PF", "PF"),
    "editorial.source": Rights(READERS, SOURCE_EDITORS, SOURCE_EDITORS, SUPERUSER),
    "editorial.citation": Rights(READERS, SOURCE_EDITORS, SOURCE_EDITORS, SUPERUSER),
    "editorial.publication": WRITTEN_BY_THE_SITE,
    "editorial.recheck": WRITTEN_BY_THE_SITE,
    "editorial.verification": WRITTEN_BY_THE_SITE,
    "editorial.editorialevent": Rights("PA"),
    "auth.user": PEOPLE,
    "auth.group": PEOPLE,
    "django_tasks_database.dbtaskresult": Rights(SUPERUSER),
    **dict.fromkeys(
        (
            *("catalog.vendor", "catalog.alias", "catalog.engine", "catalog.hardware"),
            *("catalog.enginerelease", "catalog.enginestatement"),
            *("catalog.supportcell", "catalog.failuremode", "catalog.aimodel"),
            *("catalog.modelfamily", "catalog.modelfile", "catalog.hostedprice"),
            *("catalog.priceobservation", "benchmarks.benchmark"),
        ),
        FACT,
    ),
}

GET, POST, BOTH = ("GET",), ("POST",), ("GET", "POST")

VIEWS = {
    # address by its name, or by its route where it has none: (methods, roles)
    "admin:index": (GET, ALL),
    "admin/": (GET, ALL),
    "admin:app_list": (GET, ALL),
    "admin:jsi18n": (GET, ALL),
    "admin:password_change": (BOTH, ALL),
    "admin/password_change/": (BOTH, ALL),
    "admin:password_change_done": (GET, ALL),
    "admin:view_on_site": (GET, ALL),
    "admin:logout": (POST, ALL),
    "admin:freshness": (GET, READERS),
    "admin:editorial_publication_consistency": (GET, READERS),
    "admin:editorial_editorialevent_export": (POST, "PA"),
    "admin:comparisons_comparison_begin": (BOTH, WRITERS),
    "admin:comparisons_comparison_copy": (BOTH, WRITERS),
    "admin:comparisons_comparison_sides": (BOTH, WRITERS),
    "admin:comparisons_comparison_drop_side": (BOTH, WRITERS),
    "admin:auth_user_password_change": (BOTH, ADMINISTRATORS),
    "accounts:account": (GET, ALL),
    "accounts:session_end": (POST, ALL),
    "accounts:verify": (BOTH, ALL),
    "accounts:enrol": (BOTH, ALL),
    "accounts:recovery_codes": (BOTH, ALL),
    "accounts:app_remove": (BOTH, ALL),
    "accounts:person_access": (GET, ADMINISTRATORS),
    "accounts:person_session_end": (POST, ADMINISTRATORS),
    "accounts:person_factor_remove": (POST, ADMINISTRATORS),
    "accounts:lock_outs": (BOTH, ADMINISTRATORS),
}

DOCUMENT_VIEWS = {
    # the last part of the name, for each kind of document: (methods, roles)
    "preview": (GET, READERS),
    "preview_frame": (GET, READERS),
    "versions": (GET, READERS),
    "diff": (GET, READERS),
    "restore": (POST, WRITERS),
    "step submit": (BOTH, WRITERS),
    "step approve": (BOTH, APPROVERS),
    "step request_changes": (BOTH, APPROVERS),
    "step publish": (BOTH, PUBLISHERS),
    "step schedule": (BOTH, PUBLISHERS),
    "step cancel": (BOTH, PUBLISHERS),
    "step verify": (BOTH, PUBLISHERS),
    "step withdraw": (BOTH, PUBLISHERS),
}

OPEN = {"admin:login"}
"""What one reaches without being signed in."""
