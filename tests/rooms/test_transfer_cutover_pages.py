"""The page of the cutover as people meet it in the night."""

from tests.fixtures.members import VisitorAs
from tests.rooms.test_transfer_sources_pages import compared as compared
from tests.rooms.transfer_case import read_at_once as read_at_once


def test_from_the_proposed_steps_to_the_decision(visitor_as: VisitorAs, read_at_once: None, compared: int) -> None:
    carol, here = visitor_as("consultant", rollout_id=compared), f"/rollouts/{compared}/transfer/cutover"
    assert carol.get(here).answer == "The cutover is not prepared yet."
    carol.submit(carol.get(here), form="form[action$='/prepare']")
    assert carol.get(here).answer == "9 steps of the cutover are still open."
    carol.submit(carol.get(here), form="form[action$='/steps/1/done']")
    assert carol.get(here).answer == "8 steps of the cutover are still open."
    said = {"kind": "no_go", "name": "Lena", "role": "lead", "reason": "40 deals are missing"}
    carol.submit(carol.get(here), said, form="form[action$='/decide']")
    page = carol.get(here)
    assert page.answer.startswith("No-go: decided by Lena")
    assert "On run 1: 110 of 150 records arrived" in page.text


def test_the_way_back_says_until_when_and_who_decides(visitor_as: VisitorAs, read_at_once: None, compared: int) -> None:
    carol, here = visitor_as("consultant", rollout_id=compared), f"/rollouts/{compared}/transfer/cutover"
    carol.submit(carol.get(here), form="form[action$='/prepare']")
    said = {"day": "2030-03-04", "clock": "6:30", "name": "Lena", "role": "lead", "reason": "First invoice"}
    carol.submit(carol.get(here), said, form="form[action$='/back']")
    assert "Lena decides (lead). First invoice" in carol.get(here).text


def test_a_step_is_corrected_and_a_time_that_is_none_is_refused(
    visitor_as: VisitorAs, read_at_once: None, compared: int
) -> None:
    carol, here = visitor_as("consultant", rollout_id=compared), f"/rollouts/{compared}/transfer/cutover"
    carol.submit(carol.get(here), form="form[action$='/prepare']")
    said = {"owner_name": "Bob", "day": "2030-03-04", "clock": "25:00"}
    page = carol.submit(carol.get(f"{here}/steps/1"), said, form="main form[action$='/steps/1']", status=422)
    assert "Please write the time as 21:30." in page.text
    carol.submit(carol.get(f"{here}/steps/1"), {**said, "clock": "21:30"}, form="main form[action$='/steps/1']")
    assert "Bob" in carol.get(here).text
