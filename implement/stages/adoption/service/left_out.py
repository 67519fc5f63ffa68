"""User ids that do not count, and what was decided about them by hand."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from implement.db import db
from implement.stages.adoption.tables import LeftOut, UserDecision
from implement.web.tables import Column, Filter, Listing, Page
from implement.web.texts import lazy

SHOWN_DECISIONS = 100
LEFT_OUT = Listing(
    columns=(
        Column("crm_user", lazy("User id in the CRM"), by=LeftOut.crm_user),
        Column("code", lazy("Reason"), by=LeftOut.code),
        Column("event_count", lazy("Events"), kind="number", by=LeftOut.event_count),
    ),
    filters=(Filter("find", lazy("User id"), by=LeftOut.crm_user),),
    first_sort="-event_count",
    row_key=LeftOut.crm_user,
)


def page_left_out(evaluation_id: int, query: Mapping[str, str]) -> Page:
    """One page of the user ids an evaluation leaves out."""
    asked = select(LeftOut.crm_user, LeftOut.code, LeftOut.details, LeftOut.event_count)
    return LEFT_OUT.select_page(db.session(), asked.where(LeftOut.evaluation_id == evaluation_id), query)


def list_decisions(rollout_id: int) -> list[tuple[datetime, str, str, str, str]]:
    """What was decided by hand, the newest first: when, by whom, about whom, what, why."""
    rows = db.session.execute(
        select(UserDecision.at, UserDecision.by_name, UserDecision.crm_user, UserDecision.decision, UserDecision.reason)
        .where(UserDecision.rollout_id == rollout_id)
        .order_by(UserDecision.id.desc())
        .limit(SHOWN_DECISIONS)
    )
    return [(at, name, user, decision, reason) for at, name, user, decision, reason in rows]
