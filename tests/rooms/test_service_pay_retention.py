"""Pay documents stay as long as the law asks and then go with their files; a simulation after a month (R10)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from implement.control.incentives.service import first_hour, office
from implement.control.incentives.service.forgetting import delete_simulation
from implement.control.incentives.service.preparing import read_edition
from implement.control.incentives.service.verifying import verify_runs
from implement.control.incentives.tables import PayDispute, PayFile, PayLine, PayReduction, PayRun, PayStatement
from implement.engine.pay.sheet import SheetRow
from implement.rollout.registries import registries
from implement.rollout.service import retention
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.files import find_named
from implement.rollout.service.rollouts import get_rollout
from implement.rollout.tables import LogRow, Person
from tests.rooms.disposing import look_through
from tests.rooms.pay_house import AFTER, PayHouse, a_pay_house
from tests.rooms.test_service_pay_reductions import note

Database = scoped_session[Session]
ABOUT_PEOPLE = (PayStatement, PayLine, PayDispute, PayReduction, PayFile)
SHEET = [SheetRow(1, "Anna", "1", Decimal(10), Decimal(8), 1_000, None)]


def rows(session: Database) -> list[int]:
    return [session.scalar(select(func.count()).select_from(table)) or 0 for table in ABOUT_PEOPLE]


def a_paid_month(app: Flask, legal_profile: str) -> tuple[PayHouse, PayRun]:
    house = a_pay_house()
    house.prepare()
    note(house)
    takes = office.OfficeSettings(wage_plan="2001", programs=("csv",))
    office.set_office(house.rollout_id, takes, by=house.hanna, now=AFTER)
    run = house.approve(app.extensions["implement_store"])
    get_rollout(house.rollout_id).legal_profile = legal_profile
    return house, run


@pytest.mark.parametrize(("legal_profile", "last"), [("DE", date(2034, 12, 31)), ("EU", date(2036, 12, 31))])
def test_pay_documents_go_after_the_years_of_the_law_and_the_run_stays(
    session: Database, app: Flask, legal_profile: str, last: date
) -> None:
    house, run = a_paid_month(app, legal_profile)
    (prepared,) = read_edition(run).files
    files, held = {run.plan_sha256, run.basis_sha256, run.pay_sha256, prepared.sha256}, rows(session)
    assert held[0] and held[1] and held[3] == 1
    assert not {"pay_runs", "pay_reductions"} & set(look_through(app, house.rollout_id, last - timedelta(days=1)))
    assert {"pay_runs", "pay_reductions"} <= set(look_through(app, house.rollout_id, last + timedelta(days=2)))
    session.expire_all()
    assert rows(session) == [0, 0, 0, 0, 0] and (run.total_minor, run.state) == (68_000, "approved")
    assert not find_named(files) and list(verify_runs(app.extensions["implement_store"])) == []
    noted = set(session.scalars(select(LogRow.subject).where(LogRow.action == "dispose")))
    assert {"retention:pay_runs", "retention:pay_reductions"} <= noted


def test_in_poland_the_ten_years_begin_when_the_person_has_left(session: Database, app: Flask) -> None:
    house, _run = a_paid_month(app, "PL")
    assert "pay_runs" not in look_through(app, house.rollout_id, date(2040, 1, 1))
    session.get_one(Person, house.bob_id).left = date(2030, 5, 1)
    assert "pay_runs" not in look_through(app, house.rollout_id, date(2040, 12, 31))
    assert "pay_runs" in look_through(app, house.rollout_id, date(2041, 1, 2))


def test_nobody_chooses_a_period_shorter_than_the_law(session: Database, app: Flask) -> None:
    house = a_pay_house(legal_profile="DE")
    kept, said = registries().find_kept_class("pay_runs"), {"reason": "shorter", "by": house.hanna, "now": AFTER}
    with pytest.raises(RuleBroken, match="Between 2922"):
        retention.set_period(house.rollout_id, kept, days=2_000, **said)
    retention.set_period(house.rollout_id, kept, days=18_263, **said)
    assert kept and {row.days for row in retention.list_retention(house.rollout_id, [kept])} == {18_263}


def test_a_simulation_goes_after_a_month_or_at_once(session: Database, app: Flask) -> None:
    house, store = a_pay_house(), app.extensions["implement_store"]
    said = {"store": store, "by": house.hanna, "now": AFTER, "today": AFTER.date()}
    old, asked_for = (first_hour.simulate_sheet(house.rollout_id, SHEET, name, **said) for name in ("a.csv", "b.csv"))
    delete_simulation(house.rollout_id, asked_for.id, by=house.hanna, now=AFTER)
    with pytest.raises(NotFound):
        delete_simulation(house.rollout_id, asked_for.id, by=house.hanna, now=AFTER)
    assert [row[0] for row in first_hour.list_simulations(house.rollout_id)] == [old.id]
    assert look_through(app, house.rollout_id, AFTER.date() + timedelta(days=30)) == {}
    assert look_through(app, house.rollout_id, AFTER.date() + timedelta(days=31)) == {"pay_simulations": 3}
    assert rows(session)[:2] == [0, 0] and first_hour.list_simulations(house.rollout_id) == []
    assert {"delete_simulation", "dispose"} <= set(session.scalars(select(LogRow.action)))
