"""The bonus and the weakest quarter: the page says what was planted, and nothing where it cannot be known (M33)."""

from datetime import date, timedelta

from flask import Flask

from implement.control.incentives.service.policy import set_policy
from implement.control.incentives.service.reward_rules import begin_rule
from implement.db import db
from implement.rollout.tables import User
from tests.fixtures.members import VisitorAs
from tests.rooms.adoption_house import GO_LIVE, NOW, a_firm, some_days, users_of

START = GO_LIVE + timedelta(weeks=8)
LAST = START + timedelta(weeks=4)


def begin(app: Flask, rollout_id: int, lifted: float, *, size: int = 10, start: date = START) -> None:
    """Two teams; five people of one use the CRM little until a reward begins."""
    with app.app_context():
        reward(rollout_id, lifted, by=a_firm(rollout_id, {"North": size, "South": size}), size=size, start=start)
        db.session.commit()


def reward(rollout_id: int, lifted: float, *, by: User, size: int = 10, start: date = START) -> None:
    """A free lunch for well-kept records begins, and five people use the CRM so much more."""
    shares = {user: (0.9, 0.9) for team in ("North", "South") for user in users_of(team, size)}
    shares |= {f"north.{n}": (0.2 + n / 20, lifted + 0.15 - n / 20) for n in range(1, 6)}
    some_days(rollout_id, shares, START, LAST)
    set_policy(rollout_id, "both", by=by, now=NOW)
    begin_rule(rollout_id, reward="A free lunch", records_per_reward=10, starts_on=start, by=by, now=NOW)


def test_a_bonus_that_lifted_the_weakest_is_found(app: Flask, visitor_as: VisitorAs, rollout_id: int) -> None:  # M33
    begin(app, rollout_id, 0.7)
    head, here = visitor_as("head"), f"/rollouts/{rollout_id}/incentives"
    assert f"{here}/effect" in head.get(here).links()
    page = head.get(f"{here}/effect")
    assert "A free lunch: the weakest quarter (5 people) rose by" in page.text
    assert "Table behind the picture" in page.text
    assert "North" not in page.text
    visitor_as("salesperson").get(f"{here}/effect", status=403)


def test_below_five_people_no_figure_is_shown(app: Flask, visitor_as: VisitorAs, rollout_id: int) -> None:
    begin(app, rollout_id, 0.7, size=7)
    page = visitor_as("lead").get(f"/rollouts/{rollout_id}/incentives/effect")
    assert "cannot be judged, fewer than five people on a side" in page.text
    assert page.all("figure.chart") == []


def test_weeks_of_which_nothing_is_known_give_no_figure(app: Flask, visitor_as: VisitorAs, rollout_id: int) -> None:
    begin(app, rollout_id, 0.7, size=2, start=START - timedelta(weeks=1))
    assert "use is not known" in visitor_as("hr").get(f"/rollouts/{rollout_id}/incentives/effect").text
