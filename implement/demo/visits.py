"""The demonstration's people and visits: what was written in the old system, and what became of it in the CRM.

People were born in years of two digits and are called by telephone without the code of their country; visits are about
a client or a deal, and list who came. In the CRM years and codes are whole, and people have ids of their own. Planted:
visits about nothing any more, lists that lack somebody, telephones that went to another country.
"""

from collections.abc import Sequence
from pathlib import Path

from implement.demo.after_state import PLAN, Row, read_legacy, read_table, write_table

PEOPLE, VISITS = 60, 90
TORN, LACKING, ABROAD = (11, 46, 71), (8, 33), (5, 27)
"""Visits that are about nothing any more, visits whose list lacks somebody, and people whose telephone went abroad."""
FIRST_NAMES = ("Ada", "Ben", "Cleo", "Dana", "Emil", "Fay", "Gus", "Hope", "Ida", "Jon")
LAST_NAMES = ("Arden", "Boyle", "Cray", "Dunn", "Ellis", "Frost", "Grant", "Hale", "Innes", "Joyce", "Kerr")
OCCASIONS = ("Demonstration", "Training", "Complaint", "Yearly talk", "Delivery")
HOME, ABROAD_CODE = "+1", "+43"
FIRST_BIRTH, YEARS = 1938, 62


def write_visits(folder: Path, deals: Path) -> tuple[list[Path], list[Path]]:
    """Write both sides into the folder, beside the deals that the CRM exported; the same bytes each time."""
    sides = list_old(), list_new(read_table(deals))
    old, new = ([write_table(folder / f"{name}.csv", rows) for name, rows in side.items()] for side in sides)
    return old, new


def list_old() -> dict[str, list[Row]]:
    """The old system's people and visits."""
    people = [
        {
            "person_id": _person(place),
            "full_name": _name(place),
            "employer": account,
            "birthday": f"{_day(place)}.{_year(place) % 100:02}",
            "telephone": f"0{_telephone(place)}",
        }
        for place, account in enumerate(_spread(_clients(), PEOPLE))
    ]
    visits = [
        {
            "visit_id": f"V-{place:03}",
            "concerning": concerning,
            "guests": ";".join(map(_person, _guests(place))),
            "occasion": _occasion(place),
        }
        for place, concerning in enumerate(_concerning())
    ]
    return {"people": people, "visits": visits}


def list_new(deals: Sequence[Row]) -> dict[str, list[Row]]:
    """The same in the CRM's export, which calls deals and people by ids of its own."""
    called = {deal["Legacy id"]: deal["Id"] for deal in reversed(deals)}
    persons = [
        {
            "Id": _person_there(place),
            "Person": _name(place),
            "Client": account,
            "Born": f"{_day(place)}.{_year(place)}",
            "Phone": f"{ABROAD_CODE if place in ABROAD else HOME}{_telephone(place)}",
            "Old number": _person(place),
        }
        for place, account in enumerate(_spread(_clients(), PEOPLE))
    ]
    meetings = [
        {
            "Number": f"V-{place:03}",
            "About": "" if place in TORN else called.get(concerning, concerning),
            "Present": ";".join(map(_person_there, _guests(place)[: 1 if place in LACKING else None])),
            "Occasion": _occasion(place),
        }
        for place, concerning in enumerate(_concerning())
    ]
    return {"persons": persons, "meetings": meetings}


def _clients() -> list[str]:
    return [row["account"] for row in read_legacy("accounts") if row["account"] not in PLAN.lost_clients]


def _concerning() -> list[str]:
    """Clients and, every other time, deals that are won."""
    won = [row["opportunity_id"] for row in read_legacy("sales_pipeline")[: PLAN.chunk_first - 1]
           if row["deal_stage"] == "Won"]  # fmt: skip
    pairs = zip(_spread(_clients(), VISITS), _spread(won, VISITS), strict=True)
    return [deal if place % 2 else client for place, (client, deal) in enumerate(pairs)]


def _spread(names: Sequence[str], count: int) -> list[str]:
    """So many of the names, from all over the list."""
    return [names[place * 37 % len(names)] for place in range(count)]


def _guests(place: int) -> list[int]:
    return [(place * 7 + step * 13) % PEOPLE for step in range(2 + place % 3)]


def _person(place: int) -> str:
    return f"P{place:03}"


def _person_there(place: int) -> str:
    return f"C-{70_000 + place * 7919 % 9973}"


def _name(place: int) -> str:
    return f"{FIRST_NAMES[place % len(FIRST_NAMES)]} {LAST_NAMES[place % len(LAST_NAMES)]}"


def _day(place: int) -> str:
    return f"{place * 11 % 28 + 1:02}.{place * 5 % 12 + 1:02}"


def _year(place: int) -> int:
    return FIRST_BIRTH + place * 23 % YEARS


def _telephone(place: int) -> int:
    return 6_175_550_000 + place * 91_733 % 999_983


def _occasion(place: int) -> str:
    return f"{OCCASIONS[place % len(OCCASIONS)]} {place // len(OCCASIONS) + 1}"
