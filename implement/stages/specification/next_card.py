"""The hall's card of the specification: who must do what next, in one line."""

from datetime import date

from flask import url_for

from implement.rollout.registries import HallCard
from implement.rollout.service.signatures import SIDES
from implement.stages.specification.service.requirements import RequirementState, read_state
from implement.stages.specification.service.terms import find_newest, list_signed
from implement.stages.specification.tables import TermsVersion
from implement.web.access import Permission, Role, Standing
from implement.web.roles import ROLE_LABELS
from implement.web.texts import _, _n

FIRST_PAGE, TERMS_PAGE = "specification.list_requirements", "specification_terms.show_terms"


def make_card(standing: Standing, today: date) -> HallCard | None:
    """Where the specification waits, and for whom; nothing before the first requirement."""
    if not standing.may(Permission.SEE_SPECIFICATION):
        return None
    found = read_state(standing.rollout_id)
    if not found.count:
        return None
    sentence, endpoint = _say_next(found, find_newest(standing.rollout_id))
    return HallCard(_("Specification"), sentence, url_for(endpoint, rollout_id=standing.rollout_id))


def _say_next(found: RequirementState, newest: TermsVersion | None) -> tuple[str, str]:
    who = {"who": str(ROLE_LABELS[Role.CONSULTANT])}
    if found.without_test:
        open_tests = found.without_test
        said = _n("%(who)s: write one acceptance test.", "%(who)s: write %(num)d acceptance tests.", open_tests, **who)
        return said, FIRST_PAGE
    if newest is None:
        return _("%(who)s: make the terms of reference from the requirements.", **who), TERMS_PAGE
    missing = [role for role in SIDES if role not in {Role(one.role) for one in list_signed(newest)}]
    if not missing:
        return _("Version %(number)s of the terms is signed by both sides.", number=newest.number), TERMS_PAGE
    waited_for = ", ".join(str(ROLE_LABELS[role]) for role in missing)
    return _("%(who)s: sign version %(number)s of the terms.", who=waited_for, number=newest.number), TERMS_PAGE
