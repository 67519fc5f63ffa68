"""The hall's pages as each person opens them: sound in four languages, with the steps and ways that are theirs."""

import io
import re
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from implement.db import db, utc_now
from implement.engine.staff import propose_staff_columns, read_staff
from implement.rollout.next_steps import rank_step
from implement.rollout.registries import NextStep
from implement.rollout.service import regulations, tasks
from implement.rollout.service.accounts import issue_setup_link
from implement.rollout.service.outbox import post_mail
from implement.rollout.service.staff import take_over_staff
from implement.rollout.tables import OutboxMail
from implement.web.access import ALLOWED, Permission, Role
from tests.builders import a_member, a_user
from tests.fixtures.members import VisitorAs
from tests.fixtures.pages import Page
from tests.fixtures.visitors import Visitor

LIST = (
    "Personalnummer;Vorname;Nachname;Team;Leiter;Welle;FTE;Eintritt\n1;Anna;Ährlich;Nord;Bob Z;Pilot;0,8;01.02.2024\n"
)
PAGES = {
    "": Permission.SEE_ROLLOUT,
    "/gates": Permission.SEE_GATES,
    "/waves/1/gates/audit": Permission.SEE_GATES,
    "/people": Permission.SEE_PEOPLE,
    "/people/import": Permission.MANAGE_PEOPLE,
    "/teams": Permission.MANAGE_PEOPLE,
    "/members": Permission.MANAGE_PEOPLE,
    "/tasks": Permission.KEEP_TASKS,
    "/tasks/1": Permission.KEEP_TASKS,
    "/regulations": Permission.SEE_REGULATIONS,
    "/regulations/new": Permission.WRITE_REGULATIONS,
    "/regulations/versions/1": Permission.SEE_REGULATIONS,
    "/monitoring": Permission.SEE_MONITORING,
    "/monitoring/log": Permission.SEE_LOG,
    "/api-tokens": Permission.MANAGE_TOKENS,
    "/aims": Permission.MANAGE_ROLLOUT,
}


@pytest.fixture
def begun(app: Flask, rollout_id: int) -> int:
    """A rollout with people, a task and a text."""
    with app.app_context():
        alice = a_member(rollout_id, Role.LEAD)
        rows = [{"Name": f"Person {n}", "Team": "North", "Wave": "Pilot"} for n in range(3)]
        take_over_staff(
            rollout_id, read_staff(rows, propose_staff_columns(list(rows[0]))).people, by=alice, now=utc_now()
        )
        due = utc_now().date()
        tasks.give_task(rollout_id, title="Call back", owner_id=alice.id, due=due, by=alice, now=utc_now())
        said = {"kind": "agreement", "title": "Agreement", "text": "Text", "valid_from": due, "terms": {}}
        version = regulations.write_regulation(rollout_id, **said, by=alice, now=utc_now())  # type: ignore[arg-type]
        regulations.hand_out(version, rollout_id, by=alice, now=utc_now())
        db.session.commit()
    return rollout_id


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_each_role_opens_exactly_its_pages(begun: int, visitor_as: VisitorAs, role: str) -> None:
    visitor = visitor_as(role)
    for path, permission in PAGES.items():
        status = 200 if Role(role) in ALLOWED[permission] else 403
        assert visitor.get(f"/rollouts/{begun}{path}", status=status).answer


@pytest.mark.parametrize("language", ["de", "pl", "ru"])
def test_each_page_speaks_the_language(begun: int, visitor_as: VisitorAs, language: str) -> None:
    alice = visitor_as("lead")
    for path in PAGES:
        page = alice.get(f"/rollouts/{begun}{path}", language=language)
        assert page.one("html")["lang"] == language


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_no_way_of_the_frame_is_closed_to_the_person(begun: int, visitor_as: VisitorAs, role: str) -> None:
    visitor = visitor_as(role)
    page = visitor.get(f"/rollouts/{begun}")
    ways = page.links("nav.rail a, nav.second-row a, header a[href]")
    assert len(ways) > 8
    for way in ways:
        opened = visitor.client.get(way)
        assert opened.status_code in (200, 302), way


def steps(page: Page) -> list[str]:
    return page.words(".next-steps li a")


def test_a_new_rollout_asks_its_lead_for_the_staff_list(rollout_id: int, visitor_as: VisitorAs) -> None:
    assert "Take over the staff list" in steps(visitor_as("lead").get(f"/rollouts/{rollout_id}"))


def test_a_seller_is_asked_to_read_what_was_handed_out(begun: int, visitor_as: VisitorAs) -> None:
    assert steps(visitor_as("salesperson").get(f"/rollouts/{begun}")) == ["Read and acknowledge: Agreement"]


def test_at_most_three_things_are_asked(begun: int, visitor_as: VisitorAs) -> None:
    assert len(steps(visitor_as("lead").get(f"/rollouts/{begun}"))) == 3


def test_the_hall_shows_the_waves_once_one_has_a_day(begun: int, visitor_as: VisitorAs) -> None:
    alice = visitor_as("lead")
    hall = alice.get(f"/rollouts/{begun}")
    assert "The wave has no first day yet." in hall.text
    teams = alice.get(f"/rollouts/{begun}/teams")
    alice.submit(teams, {"go_live": "2026-04-01"}, form="main form[action$=plan]")
    assert "April" in str(alice.get(f"/rollouts/{begun}").one(".cards svg")) or alice.get(f"/rollouts/{begun}").rows()


def test_a_staff_list_comes_in_by_two_steps(rollout_id: int, visitor_as: VisitorAs) -> None:
    carol = visitor_as("consultant")
    first = carol.get(f"/rollouts/{rollout_id}/people/import")
    file = (io.BytesIO(LIST.encode("cp1252")), "leute.csv")
    second = carol.submit(first, {"file": file}, status=200)
    assert "Nothing has been saved yet." in second.text
    done = carol.submit(second, form="main form.form")
    assert "2 people added" in carol.follow(done).text
    again = carol.submit(
        carol.submit(first, {"file": (io.BytesIO(LIST.encode()), "l.csv")}, status=200), form="main form.form"
    )
    assert "0 people added" in carol.follow(again).text


def test_a_list_with_faults_names_each_row(rollout_id: int, visitor_as: VisitorAs) -> None:
    carol = visitor_as("consultant")
    file = (io.BytesIO(b"Name;FTE\nAnna;much\n;1\n"), "leute.csv")
    page = carol.submit(carol.get(f"/rollouts/{rollout_id}/people/import"), {"file": file}, status=422)
    assert [row[0] for row in page.rows()[:2]] == ["1", "2"]


def test_a_document_is_handed_in_signed_and_downloaded(begun: int, visitor_as: VisitorAs) -> None:
    alice, here = visitor_as("lead"), f"/rollouts/{begun}/waves/1/gates/audit"
    form = "main form[enctype]"
    file = next(iter(alice.get(here).all(f"{form} input[type=file]")))["name"]
    alice.submit(alice.get(here), {str(file): (io.BytesIO(b"%PDF"), "mandate.pdf")}, form=form)
    page = alice.get(here)
    download = next(link for link in page.links() if "/documents/" in link)
    assert alice.get(download).headers["Content-Disposition"].startswith("attachment")
    alice.submit(page, form="main form[action$=sign]")
    assert "valid" in alice.get(here).text


def test_a_gate_shows_no_way_to_a_closed_door(begun: int, visitor_as: VisitorAs) -> None:
    gate, room = f"/rollouts/{begun}/waves/1/gates/audit", f"/rollouts/{begun}/audit"
    assert room in visitor_as("lead").get(gate).links("main a[href]")
    sam = visitor_as("salesperson")
    assert room not in sam.get(gate).links("main a[href]")
    assert f"/rollouts/{begun}/pilot/result" not in sam.get(f"/rollouts/{begun}/pilot").links()


def test_the_first_administrator_comes_in_by_the_link(app: Flask, visitor: Visitor) -> None:
    with app.app_context():
        token = issue_setup_link(now=utc_now())
        db.session.commit()
    page = visitor.get(f"/set-up/{token}")
    said = {"name": "Ada", "email": "ada@example.com", "password": "correct horse battery"}
    inside = visitor.follow(visitor.submit(page, said))
    assert "rollouts" in inside.answer
    gone = visitor.get(f"/set-up/{token}", status=404)
    assert "used already" in gone.text


def test_an_invited_account_opens_by_its_link_once(app: Flask, visitor_as: VisitorAs, visitor: Visitor) -> None:
    ada = log_in_as(app, Role.ADMIN)
    sent = ada.submit(ada.get("/accounts"), {"name": "Carol", "email": "c@example.com"}, form="main form.form")
    shown = ada.follow(sent).one("code.long").get_text()
    path = re.sub(r"^https?://[^/]+", "", shown)
    visitor.submit(visitor.get(path), {"password": "correct horse battery"})
    assert visitor.get("/account").status == 200
    assert not ada.get("/accounts").all("code.long")


def test_the_administrator_is_told_of_mails_that_were_cut_off(app: Flask) -> None:
    ada = log_in_as(app, Role.ADMIN)
    with app.app_context():
        post_mail("k", to="ann@b.example", subject="Read <this>", body="b", now=utc_now())
        db.session.flush()
        db.session.execute(update(OutboxMail).values(claimed_at=utc_now() - timedelta(days=1)))
        db.session.commit()
    page = ada.get("/accounts")
    assert "ann@b.example: Read <this>" in page.text and "Please tell its reader" in page.text


def log_in_as(app: Flask, role: Role) -> Visitor:
    """Log somebody in by the page, with a password."""
    with app.app_context():
        email = a_user(role, password="correct horse battery").email
        db.session.commit()
    visitor = Visitor(app)
    visitor.submit(visitor.get("/log-in"), {"email": email, "password": "correct horse battery"})
    return visitor


def test_a_regulation_begins_from_a_template(visitor_as: VisitorAs, rollout_id: int) -> None:  # M120
    lead = visitor_as("lead")
    page = lead.get(f"/rollouts/{rollout_id}/regulations/templates/1")
    shown = lead.follow(lead.submit(page, {"valid_from": "2026-03-02", "blank_0": "Monday"}))
    assert "2.1 The meeting takes place every Monday from [hour]" in shown.text
    lead.get(f"/rollouts/{rollout_id}/regulations/templates/9", status=404)


def test_what_is_overdue_stands_before_what_is_heavier_and_due_later() -> None:
    today = date(2026, 3, 9)
    steps = [
        NextStep("heavy", "/", 90),
        NextStep("an objection, due in ten days", "/", 86, date(2026, 3, 19)),
        NextStep("due in five days", "/", 10, date(2026, 3, 14)),
        NextStep("overdue", "/", 50, date(2026, 3, 1)),
    ]
    ranked = sorted(steps, key=lambda step: rank_step(step, today))
    assert [step.text for step in ranked] == ["overdue", "due in five days", "heavy", "an objection, due in ten days"]
