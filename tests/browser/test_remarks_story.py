"""A seller contests a reason on the phone, the head answers by name, the seller reads it: in a real browser."""

from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from implement.db import db
from tests.fixtures.browser import TakePictures, find_barriers, overflows
from tests.fixtures.members import PageAs
from tests.rooms.adoption_house import a_firm, an_evaluation, person_id_of, some_evidence

PHONE = {"width": 375, "height": 812}


def test_a_reason_is_contested_and_answered(
    app: Flask, rollout_id: int, page_as: PageAs, take_pictures: TakePictures, context: BrowserContext
) -> None:
    with app.app_context():
        late = some_evidence("spreadsheet_keeper", "overwhelmed", late=(31, 40), complete=(12, 40))
        an_evaluation(rollout_id, a_firm(rollout_id, {"North": 8}), north_2=late)
        db.session.commit()
        bob, head = (person_id_of(rollout_id, user) for user in ("north.2", "north.1"))
    henry, seller = page_as("head", person_id=head), page_as("salesperson", person_id=bob, viewport=PHONE)
    contest(seller, rollout_id)
    answer(henry, rollout_id)
    seller.goto(f"/rollouts/{rollout_id}/adoption/me")
    expect(seller.get_by_text("withdrawn by Henry Head")).to_be_visible()
    assert find_barriers(seller) == [] and not overflows(seller)
    context.add_cookies(henry.context.cookies())
    pictures = {f"people/{bob}": "contested", "reasons/1": "remark"}
    taken = [take_pictures(f"/rollouts/{rollout_id}/adoption/{path}", f"adoption-{n}") for path, n in pictures.items()]
    assert [len(files) for files in taken] == [8, 8]


def contest(seller: Page, rollout_id: int) -> None:
    """From the own page to the words beside the reason."""
    seller.goto(f"/rollouts/{rollout_id}/adoption/me")
    seller.get_by_role("link", name="Comment or contest").first.click()
    seller.get_by_label("contest it: it is wrong or says something else").check()
    seller.get_by_label("Your words").fill("I was at the fair and entered everything in the evening.")
    assert find_barriers(seller) == [] and not overflows(seller)
    seller.get_by_role("button", name="Send").click()
    expect(seller.get_by_role("heading", level=1)).to_have_text("North 2 contests “late entries”.")


def answer(head: Page, rollout_id: int) -> None:
    """The hall leads to what waits for an answer."""
    head.goto(f"/rollouts/{rollout_id}")
    head.get_by_role("link", name="Answer what somebody says on a reason").first.click()
    head.get_by_label("the reason is withdrawn").check()
    head.get_by_label("Why").fill("True: the fair ran for two weeks.")
    assert find_barriers(head) == []
    head.get_by_role("button", name="Answer").click()
    expect(head.get_by_text("withdrawn by Henry Head")).to_be_visible()
