"""Who looked at whose figures, and the log of writes, as pages show them."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select

from implement.db import db
from implement.rollout.tables import LogRow, Look, User
from implement.web.tables import Column, Filter, Listing, Page
from implement.web.texts import lazy

MOST_LOOKS = 100

LOG_COLUMNS = (
    Column("at", lazy("When"), kind="instant", by=LogRow.at),
    Column("action", lazy("What"), sortable=False),
    Column("by_name", lazy("Who"), by=LogRow.by_name),
    Column("subject", lazy("On what"), by=LogRow.subject),
)
LOG_TEXTS = (LogRow.by_name, LogRow.action, LogRow.subject)


def list_looks_at(rollout_id: int, person_id: int | None) -> list[tuple[datetime, str, str, str]]:
    """Who looked at this person's figures: when, who, in which view, on which page."""
    here = (Look.rollout_id == rollout_id, Look.person_id == person_id)
    asked = select(Look.at, User.name, Look.view, Look.page).join(User, User.id == Look.by_id).where(*here)
    rows = db.session.execute(asked.order_by(Look.id.desc()).limit(MOST_LOOKS))
    return [(at, name, view, page) for at, name, view, page in rows]


def count_looks(rollout_id: int) -> list[tuple[str, str, int]]:
    """How often each person looked at figures of single people, by view; what the council reads."""
    asked = (
        select(User.name, Look.view, func.count(Look.id))
        .join(User, User.id == Look.by_id)
        .where(Look.rollout_id == rollout_id)
        .group_by(User.name, Look.view)
        .order_by(User.name, Look.view)
    )
    return [(name, view, count) for name, view, count in db.session.execute(asked)]


def page_log(rollout_id: int, labels: Mapping[str, object], query: Mapping[str, str]) -> Page:
    """One page of the rollout's writes; they are also found by `labels`, what readers see of each action."""
    find = Filter("find", lazy("Who, what or on what"), by=LOG_TEXTS, labelled=LogRow.action, labels=labels)
    listing = Listing(columns=LOG_COLUMNS, filters=(find,), first_sort="-at")
    asked = select(LogRow.id, LogRow.at, LogRow.by_name, LogRow.action, LogRow.subject)
    return listing.select_page(db.session(), asked.where(LogRow.rollout_id == rollout_id), query)
