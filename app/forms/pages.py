"""All pages that are drawn from declarations, in the order of the navigation."""

from __future__ import annotations

from app.domain.stages import Stage
from app.forms.congress import CONGRESS_PAGE
from app.forms.filing import FILING_PAGE
from app.forms.fulfilment import FULFILMENT_PAGE
from app.forms.layout import Page, Section, Step
from app.forms.negotiation import NEGOTIATION_PAGE
from app.forms.offer import OFFER_PAGE
from app.forms.representatives import REPRESENTATIVES_PAGE
from app.forms.settings import SETTINGS_PAGE
from app.forms.survey import SURVEY_PAGE

STAGE_PAGES: tuple[Page, ...] = (
    SURVEY_PAGE,
    REPRESENTATIVES_PAGE,
    OFFER_PAGE,
    NEGOTIATION_PAGE,
    CONGRESS_PAGE,
    FILING_PAGE,
    FULFILMENT_PAGE,
)

PAGES: tuple[Page, ...] = (*STAGE_PAGES, SETTINGS_PAGE)

KEPT_BY_PROGRAM = frozenset(
    {
        "data_imports",
        "evidence",
        "explanations",
        "made_documents",
        "made_packages",
        "staff_groups",
        "stage_closings",
    }
)
"""Collections that have no form: they are written by doing (explain, close, make, export, attach, take in)."""


def page_of(stage: Stage) -> Page:
    """Return the page of a stage."""
    return next(page for page in STAGE_PAGES if page.stage is stage)


def place_of(collection: str, held: object = None) -> tuple[Page, Step, Section] | None:
    """Return the first place where a record (or its collection) can be edited, or ``None``."""
    for page in PAGES:
        for step in page.steps:
            for section in step.sections:
                if section.collection == collection and (held is None or section.holds(held)):
                    return page, step, section
    return None
