"""The page of the cutover as people meet it in the night."""

import io

from werkzeug.datastructures import FileStorage

from tests.fixtures.members import VisitorAs
from tests.rooms.drifted import later_deals
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


def test_a_later_export_handed_in_says_what_happened_since(
    visitor_as: VisitorAs, read_at_once: None, compared: int
) -> None:  # M135
    carol, here = visitor_as("consultant", rollout_id=compared), f"/rollouts/{compared}/transfer/cutover/drift"
    assert carol.get(here).answer == "No later export was compared yet."
    upload = FileStorage(io.BytesIO(later_deals()), "deals.csv")
    carol.submit(carol.get(here), {"files": [upload], "number": "1"}, form="form[enctype]")
    page = carol.get(here)
    assert page.answer.endswith("5 emptied, 3 deleted.")
    assert "3 of 5 losses whose author is known were made by one person." in page.text
    assert page.answer in carol.get(here.removesuffix("/drift")).text
    record = carol.get(f"{here}/1/rows/5")
    assert "emptied" in record.answer and "Bob" not in record.text.split("Owner")[0]
    assert carol.get(f"{here}/1/drift.csv").content.count(b"emptied") == 5
    assert visitor_as("salesperson", rollout_id=compared).get(here, status=403)


def test_a_later_export_of_another_kind_is_refused_by_name(visitor_as: VisitorAs, compared: int) -> None:
    carol, here = visitor_as("consultant", rollout_id=compared), f"/rollouts/{compared}/transfer/cutover/drift"
    upload = FileStorage(io.BytesIO(b"%PDF"), "deals.pdf")
    page = carol.submit(carol.get(here), {"files": [upload], "number": "1"}, form="form[enctype]", status=422)
    assert "deals.pdf is not one of the kinds taken here" in page.text
