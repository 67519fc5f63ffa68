"""The page that puts people and data side by side: one sentence, a verdict per team, figures with their rows (M128)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

import pytest
from flask import Flask

from implement.db import db, utc_now
from implement.rollout.service.side_by_side import list_mondays
from implement.rollout.side_rows import SideCell, SideRow
from implement.web.access import Permission
from implement.web.texts import lazy
from tests.fixtures.members import VisitorAs
from tests.rooms.bound_firm import Firm, a_bound_firm

Read = Mapping[tuple[int, date], SideCell]


@pytest.fixture
def firm(app: Flask, rollout_id: int) -> Iterator[Firm]:
    """North holds back, South lost records; one figure of both rests on four people only."""
    with app.app_context():
        made = a_bound_firm(rollout_id)
        db.session.commit()
        north, south = made.teams["North"], made.teams["South"]

        def read_usage(_rollout_id: int, mondays: Sequence[date]) -> Read:
            low, high = SideCell(Fraction(3, 10), people=5, url="/a"), SideCell(Fraction(9, 10), people=5, url="/a")
            return {(team, monday): low if team == north else high for team in (north, south) for monday in mondays}

        def read_lost(_rollout_id: int, mondays: Sequence[date]) -> Read:
            return {(south, mondays[-1]): SideCell(40, of=100, people=5, url="/b")}

        def read_small(_rollout_id: int, mondays: Sequence[date]) -> Read:
            return {(team, mondays[-1]): SideCell(7, people=4) for team in (north, south)}

        rows = app.extensions["implement_registries"].side_rows
        rows[:] = [
            SideRow("usage", lazy("Active days"), "share", 10, Permission.SEE_TEAM_USAGE, read_usage),
            SideRow("incentives", lazy("Rewards granted"), "count", 40, Permission.SEE_REWARDS, read_small),
            SideRow("lost", lazy("Lost records"), "count", 50, Permission.SEE_TRANSFER, read_lost),
        ]
        yield made


def address(firm: Firm) -> str:
    return f"/rollouts/{firm.rollout_id}/side-by-side"


def test_the_page_says_people_and_data_in_one_sentence(firm: Firm, visitor_as: VisitorAs) -> None:  # M128
    page = visitor_as("lead").get(address(firm))
    assert page.answer == "People and data: South lost records, and North hold back. Repair the data first."
    assert page.rows()[:2] == [
        ["South", "data 40 records of 100 are missing", "90%", "withheld", "40 of 100"],
        ["North", "people in the CRM on 30% of their days (less than 60%)", "30%", "withheld", "–"],
    ]


def test_each_figure_leads_to_its_rows_for_who_may_see_them(firm: Firm, visitor_as: VisitorAs) -> None:
    links = {role: visitor_as(role).get(address(firm)).links("main tbody a[href]") for role in ("lead", "hr")}
    assert "/b" in links["lead"] and "/b" not in links["hr"] and "/a" in links["hr"]


def test_the_hall_says_the_same_sentence(firm: Firm, visitor_as: VisitorAs) -> None:
    hall = visitor_as("lead").get(f"/rollouts/{firm.rollout_id}")
    assert "People and data: South lost records" in hall.text


def test_the_weeks_shown_are_the_last_eight_full_ones() -> None:
    assert list_mondays(date(2026, 3, 16))[-1] == date(2026, 3, 9)
    assert list_mondays(date(2026, 3, 15))[-1] == date(2026, 3, 2)
    assert len(list_mondays(utc_now().date())) == 8


def test_without_any_figure_nothing_is_said_of_anybody(rollout_id: int, visitor_as: VisitorAs) -> None:
    page = visitor_as("council").get(f"/rollouts/{rollout_id}/side-by-side")
    assert page.answer.startswith("It cannot be said yet")
