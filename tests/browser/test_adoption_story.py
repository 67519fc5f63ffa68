"""A lead imports usage, a head reads who does not use the CRM, a seller sees what others see: in a real browser."""

from pathlib import Path

from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from implement.db import db
from tests.fixtures.browser import TakePictures, find_barriers, overflows
from tests.fixtures.members import PageAs
from tests.rooms.adoption_house import a_firm, a_log, person_id_of, steady

TEAMS = {"North": 12, "South": 6, "East": 5, "Tiny": 3}
PHONE = {"width": 375, "height": 812}


def test_usage_comes_in_and_everybody_sees_what_is_theirs(
    app: Flask, rollout_id: int, page_as: PageAs, tmp_path: Path, take_pictures: TakePictures, context: BrowserContext
) -> None:
    with app.app_context():
        a_firm(rollout_id, TEAMS)
        db.session.commit()
        head, seller = (person_id_of(rollout_id, user) for user in ("north.1", "south.2"))
    log = tmp_path / "events.csv"
    slow = {f"south_{number}": 0.1 for number in range(1, 7)} | {"north_1": 0.3}
    log.write_bytes(a_log(steady(TEAMS, **slow)))
    import_log(page_as("lead"), rollout_id, log)
    henry = page_as("head", person_id=head)
    read_teams(henry, rollout_id)
    assert len(take_pictures_of(henry, rollout_id, take_pictures, context)) == 24
    read_own(page_as("salesperson", person_id=seller, viewport=PHONE), rollout_id)


def take_pictures_of(head: Page, rollout_id: int, take_pictures: TakePictures, context: BrowserContext) -> list[Path]:
    """The head's pages on phone and desk, light and dark, in German and Russian."""
    context.add_cookies(head.context.cookies())
    paths = {"teams": "teams", "people": "people", "me": "own"}
    return [
        file
        for path, name in paths.items()
        for file in take_pictures(f"/rollouts/{rollout_id}/adoption/{path}", f"adoption-{name}")
    ]


def import_log(lead: Page, rollout_id: int, log: Path) -> None:
    """Hand the log in, look at what was proposed, take it over."""
    lead.goto(f"/rollouts/{rollout_id}/adoption/imports")
    lead.get_by_label("Files").set_input_files(log)
    lead.get_by_role("button", name="Read the files").click()
    expect(lead.get_by_role("heading", level=1)).to_have_text("One table was found.")
    assert find_barriers(lead) == []
    lead.get_by_role("button", name="Take over").click()
    expect(lead.get_by_role("heading", level=1)).to_contain_text("events were taken over.")


def read_teams(head: Page, rollout_id: int) -> None:
    """The sentence, the picture with its way into a team, and what is withheld."""
    head.goto(f"/rollouts/{rollout_id}/adoption")
    expect(head.get_by_role("heading", level=1)).to_have_text("Pilot uses the CRM; team South does not.")
    assert find_barriers(head) == []
    head.get_by_role("link", name="Tiny").first.click()
    expect(head.get_by_role("heading", level=1)).to_have_text("Tiny: no figures are shown.")
    head.get_by_role("link", name="See the next larger group").click()
    expect(head.get_by_role("heading", level=1)).to_contain_text("Pilot: in the CRM on")


def read_own(seller: Page, rollout_id: int) -> None:
    """On the phone: the own figures, who sees them how, and the days behind."""
    seller.goto(f"/rollouts/{rollout_id}/adoption")
    expect(seller.get_by_role("heading", level=1)).to_contain_text("South 2: usage")
    expect(seller.get_by_text("Evidence of resistance:")).to_be_visible()
    expect(seller.get_by_text("Nobody has looked at your figures.")).to_be_visible()
    assert find_barriers(seller) == [] and not overflows(seller)
    with seller.expect_download() as taken:
        seller.get_by_role("link", name="as JSON").click()
    assert '"crm_user": "south.2"' in Path(taken.value.path()).read_text("utf-8")
