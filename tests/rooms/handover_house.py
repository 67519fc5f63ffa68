"""A firm in which north.2 leaves with open deals in the CRM's export, for tests."""

from datetime import date, timedelta

from flask import current_app

from implement.rollout.service.usage import take_over_absences
from implement.rollout.tables import User
from implement.store import Store
from tests.rooms.adoption_house import NOW, a_firm
from tests.rooms.transfer_case import Case

HEAD = "deal_id,client,stage,amount,closed,owner"
ROWS = (
    "D1,Acme,Proposal,500,,north.2",
    "D2,Acme,Proposal,,,north.2",
    "D3,Big,Proposal,9000,,north.2",
    "D4,Big,Won,100,2026-01-05,north.2",
    "D5,Other,Proposal,70,,north.3",
    "D6,Other,Lost,70,2026-01-06,north.4",
)
LATER = (ROWS[0], "D2,Acme,Proposal,,,north.3", "D3,Big,Lost,9000,2026-04-01,north.2", *ROWS[3:])


def the_store() -> Store:
    store: Store = current_app.extensions["implement_store"]
    return store


def an_export(rollout_id: int, by: User, rows: tuple[str, ...] = ROWS, *, name: str = "deals.csv") -> None:
    """Hand the CRM's deals in; the file before is set aside."""
    case = Case(rollout_id, by)
    case.set_aside("target", "deals.csv")
    case.hand_in("target", name, "\n".join([HEAD, *rows, ""]).encode())


def someone_leaves(rollout_id: int, today: date) -> User:
    """A team of five with one of a second team; north.2 is away from tomorrow on for a fortnight."""
    by = a_firm(rollout_id, {"North": 5, "South": 5})
    span = ("north.2", today + timedelta(days=1), today + timedelta(days=14))
    take_over_absences(rollout_id, [span], by=by, now=NOW)
    an_export(rollout_id, by)
    return by
