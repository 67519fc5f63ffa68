"""What other CRMs do with the same records: ids of their own, names held together, phones with a country code."""

import random
from pathlib import Path

import pytest

from implement.engine.reconcile import Reconciliation
from tests.engine.transfers import counted, listed, run_transfer, write_table

FIRST = ["Anna", "Björn", "Carla", "Dmitri", "Ewa", "Frank", "Grażyna", "Hugo", "Iris", "Jörg", "Karin", "Lars"]
LAST = ["Adler", "Brandt", "Czech", "Dorn", "Engel", "Fuchs", "Gruber", "Haas", "Iser", "Jung", "Kern", "Lang", "Moll"]
HEAD = ["staff_no", "first", "last", "street", "zip", "town", "phone", "boss"]


def build_staff(count: int = 80) -> list[list[str]]:
    """People with a name, an address, a phone without country code, and the number of whom they report to."""
    chance = random.Random(5)
    return [
        [f"{place + 1}", chance.choice(FIRST), chance.choice(LAST), f"Weg {chance.randrange(1, 99)}",
         f"{chance.randrange(10000, 99999)}", chance.choice(["Köln", "Bonn", "Ulm"]),
         f"0{chance.randrange(10**8, 10**9)}", f"{chance.randrange(1, 1 + place // 4)}" if place > 7 else ""]
        for place in range(count)
    ]  # fmt: skip


def move(staff: list[list[str]]) -> list[list[str]]:
    """The same people in a CRM that numbers anew within the same numbers and holds name and address together."""
    new = {row[0]: str((int(row[0]) * 37) % 97) for row in staff}
    return [
        [new[no], f"{first} {last}", f"{street}, {code} {town}", f"+49 {phone[1:4]} {phone[4:]}", new.get(boss, "")]
        for no, first, last, street, code, town, phone, boss in reversed(staff)
    ]


def transfer(folder: Path, moved: list[list[str]]) -> Reconciliation:
    """Reconcile the staff with what arrived."""
    write_table(folder / "old" / "staff.csv", HEAD, build_staff())
    write_table(folder / "new" / "people.csv", ["id", "full name", "address", "telephone", "reports to"], moved)
    return run_transfer(folder / "old", folder / "new")


def test_nothing_is_told_of_records_that_are_only_kept_otherwise(tmp_path: Path) -> None:  # M29
    found = transfer(tmp_path, move(build_staff()))
    assert found.harmful == 0
    assert counted(found).keys() <= {"reformatted"}


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        (1, "Zoe Lang", ("value_changed", "first")),
        (2, "Weg 12, 12345 Rom", ("value_changed", "town")),
        (3, "+49 111 222222", ("value_changed", "phone")),
        (4, "", ("torn_relation", "boss")),
    ],
)
def test_a_fault_is_told_of_the_part_that_differs(
    tmp_path: Path, column: int, cell: str, told: tuple[str, str]
) -> None:
    staff = build_staff()
    staff[40][1:6] = ["Anna", "Lang", "Weg 12", "12345", "Köln"]
    moved = move(staff)
    moved[-41][column] = cell
    write_table(tmp_path / "old" / "staff.csv", HEAD, staff)
    write_table(tmp_path / "new" / "people.csv", ["id", "full name", "address", "telephone", "reports to"], moved)
    assert listed(run_transfer(tmp_path / "old", tmp_path / "new")) == [("41", *told)]


def test_a_name_in_the_wrong_order_is_swapped(tmp_path: Path) -> None:
    moved = move(build_staff())
    moved[10][1] = " ".join(reversed(moved[10][1].split()))
    assert listed(transfer(tmp_path, moved)) == [("70", "fields_swapped", "first")]


def test_a_full_name_is_found_in_first_and_last_name(tmp_path: Path) -> None:
    staff = [[row[0], f"{row[2]}, {row[1]}", *row[3:7]] for row in build_staff()]
    write_table(tmp_path / "old" / "staff.csv", ["no", "name", *HEAD[3:7]], staff)
    write_table(tmp_path / "new" / "staff.csv", HEAD[:-1], [row[:-1] for row in build_staff()])
    assert run_transfer(tmp_path / "old", tmp_path / "new").harmful == 0


def test_a_count_of_something_is_no_key(tmp_path: Path) -> None:
    rows = [
        [f"K{place:03}", f"Firma {place} {place % 7}", str(100 + place * 3) if place % 5 else ""] for place in range(60)
    ]
    filled = [[*row[:2], row[2] or ("0" if place == 10 else "")] for place, row in enumerate(rows)]
    write_table(tmp_path / "old" / "a.csv", ["Id", "Name", "NumberOfEmployees"], rows)
    write_table(
        tmp_path / "new" / "a.csv", ["recordid", "name", "numberofemployees"], [["x" + r[0], *r[1:]] for r in filled]
    )
    assert ("K010", "value_filled", "NumberOfEmployees") in listed(run_transfer(tmp_path / "old", tmp_path / "new"))


def test_a_client_named_by_title_that_is_gone_leaves_a_torn_deal(tmp_path: Path) -> None:  # M29
    clients = [[f"{place + 100}", f"Firma {FIRST[place % 12]} {place}"] for place in range(40)]
    deals = [[f"D{place}", clients[place % 40][1], f"{place * 7}.50"] for place in range(90)]
    write_table(tmp_path / "old" / "companies.csv", ["id", "name"], clients)
    write_table(tmp_path / "old" / "deals.csv", ["id", "company", "sum"], deals)
    torn = [[deal[0], "" if deal[0] == "D11" else deal[1], deal[2]] for deal in deals]
    write_table(tmp_path / "new" / "companies.csv", ["id", "name"], clients)
    write_table(tmp_path / "new" / "deals.csv", ["id", "company", "sum"], torn)
    assert listed(run_transfer(tmp_path / "old", tmp_path / "new")) == [("D11", "torn_relation", "company")]


def test_a_table_of_three_records_that_are_numbered_anew_arrives_whole(tmp_path: Path) -> None:
    carriers = [["1", "Speedy Express", "0171 5559831"], ["2", "Union", "0171 5553199"], ["3", "Kargo", "0171 5559931"]]
    write_table(tmp_path / "old" / "carriers.csv", ["carrier_id", "name", "phone"], carriers)
    moved = [[f"9{row[0]}7", *row[1:]] for row in reversed(carriers)]
    write_table(tmp_path / "new" / "carriers.csv", ["id", "name", "phone"], moved)
    assert counted(run_transfer(tmp_path / "old", tmp_path / "new")) == {}


def build_orders() -> list[list[str]]:
    """Orders without a text of their own: of a firm, by a carrier, on a day, for a price less a share of it."""
    chance = random.Random(8)
    return [
        [f"{place + 1}", f"Firm {chance.randrange(20)}", f"{chance.randrange(1, 5)}",
         f"2024-{chance.randrange(1, 13):02}-{chance.randrange(13, 29)}", f"{chance.randrange(100, 99999)}",
         chance.choice(["0", "0.05", "0.1", "0.15", "0.2", "0.25"])]
        for place in range(200)
    ]  # fmt: skip


def move_orders(orders: list[list[str]]) -> list[list[str]]:
    """The same orders, numbered anew, the carriers by other numbers, the share in percent."""
    return [
        [f"{9000 + 3 * place}", firm, f"70{carrier}", day, price, f"{round(100 * float(share))}%"]
        for place, (_, firm, carrier, day, price, share) in enumerate(reversed(orders))
    ]


@pytest.mark.parametrize(("copies", "told"), [(0, {}), (5, {"duplicated": 5})])
def test_whole_copies_of_records_without_a_name_are_duplicates(
    tmp_path: Path, copies: int, told: dict[str, int]
) -> None:
    head = ["order_id", "firm", "carrier", "day", "price", "discount"]
    moved = move_orders(build_orders())
    again = [[f"{20000 + place}", *row[1:]] for place, row in enumerate(moved[:copies])]
    write_table(tmp_path / "old" / "orders.csv", head, build_orders())
    write_table(tmp_path / "new" / "orders.csv", ["id", *head[1:]], moved + again)
    found = counted(run_transfer(tmp_path / "old", tmp_path / "new"))
    assert {name: times for name, times in found.items() if name != "reformatted"} == told
    assert found["reformatted"] <= 2


def build_firms() -> list[list[str]]:
    """Firms that are named, some with the firm that owns them, by its name, and what they paid."""
    chance = random.Random(3)
    names = [f"{first}{last.lower()} Werke" for first in FIRST for last in LAST[:5]]
    return [
        [name, chance.choice(names[:6]) if chance.random() < 0.4 and place > 6 else "",
         f"{chance.randrange(10**4, 10**7) / 100:.2f}", f"{chance.randrange(1850, 2020)}"]
        for place, name in enumerate(names)
    ]  # fmt: skip


@pytest.mark.parametrize("money", ["руб.", "zł", "kr.", "Kč", "€"])
def test_owners_named_by_new_numbers_and_money_with_its_sign_arrive(tmp_path: Path, money: str) -> None:
    firms = build_firms()
    new = {row[0]: f"{50 + 7 * place}" for place, row in enumerate(firms)}
    moved = [[new[n], n, new.get(owner, ""), f"{paid.replace('.', ',')} {money}", y] for n, owner, paid, y in firms]
    write_table(tmp_path / "old" / "firms.csv", ["firm", "owned_by", "paid", "founded"], firms)
    write_table(tmp_path / "new" / "orgs.csv", ["id", "org", "group", "total", "since"], moved)
    assert counted(run_transfer(tmp_path / "old", tmp_path / "new")) == {"reformatted": 1}
    moved[-1][2], moved[-2][2] = new[firms[0][0]], "1"
    firms[-1][1], firms[-2][1] = firms[1][0], firms[2][0]
    write_table(tmp_path / "old" / "firms.csv", ["firm", "owned_by", "paid", "founded"], firms)
    write_table(tmp_path / "new" / "orgs.csv", ["id", "org", "group", "total", "since"], moved)
    told = counted(run_transfer(tmp_path / "old", tmp_path / "new"))
    assert told == {"reformatted": 1, "torn_relation": 1, "wrong_relation": 1}


def test_a_table_in_another_language_is_found_though_its_words_and_numbers_differ(tmp_path: Path) -> None:
    chance = random.Random(4)
    left = [
        [f"C-{place:03}", f"2024-{chance.randrange(1, 13):02}-{chance.randrange(13, 29)}",
         chance.choice(["price", "rival", "support"]), *(chance.choice(["TRUE", "FALSE"]) for _ in "abc"),
         f"{chance.randrange(300)}"]
        for place in range(150)
    ]  # fmt: skip
    words = {"price": "цена", "rival": "конкурент", "support": "сервис", "TRUE": "Да", "FALSE": "Нет"}
    moved = [[f"{900 + 3 * p}", ".".join(reversed(r[1].split("-"))), *(words[w] for w in r[2:6]), f"{r[6]},00 руб."]
             for p, r in enumerate(left)]  # fmt: skip
    write_table(tmp_path / "old" / "losses.csv", ["loss_id", "day", "reason", "a_up", "b_down", "c_back", "usd"], left)
    write_table(tmp_path / "old" / "staff.csv", HEAD, build_staff())
    write_table(tmp_path / "new" / "Уходы.csv", ["Ид", "Дата", "Причина", "Выше", "Ниже", "Снова", "Сумма"], moved)
    write_table(tmp_path / "new" / "staff.csv", HEAD, build_staff())
    assert counted(run_transfer(tmp_path / "old", tmp_path / "new")).keys() == {"reformatted"}


@pytest.mark.parametrize(("group", "sign"), [(".", " €"), (",", ""), (".", ""), ("\u00a0", " руб.")])
def test_whole_amounts_with_a_sign_between_thousands_are_the_same(tmp_path: Path, group: str, sign: str) -> None:
    chance = random.Random(9)
    deals = [
        [f"D{place:04}", f"{chance.choice(FIRST)} {place}", f"{chance.randrange(40, 90000)}"] for place in range(90)
    ]
    moved = [[number, name, f"{int(amount):,}".replace(",", group) + sign] for number, name, amount in deals]
    moved[7][2] = ""
    write_table(tmp_path / "old" / "deals.csv", ["deal_id", "title", "amount"], deals)
    write_table(tmp_path / "new" / "deals.csv", ["deal_id", "title", "total"], moved)
    assert listed(run_transfer(tmp_path / "old", tmp_path / "new")) == [("D0007", "value_lost", "amount")]


def test_references_follow_parents_whose_ids_have_a_mark_before_them(tmp_path: Path) -> None:
    staff = [[f"S-{100000 + 7 * place}", *row[1:7]] for place, row in enumerate(build_staff())]
    calls = [
        [f"T-{300000 + place}", staff[place * place % 80][0], f"call {place * 37} about it"] for place in range(160)
    ]
    moved = [[f"X{row[0]}", *row[1:]] for row in staff]
    again = [[f"X{number}", f"X{person}", text] for number, person, text in calls]
    again[5][1], again[6][1], again[7][0] = "XS-100007", "", "XT-999999"
    for side, (people, rows) in {"old": (staff, calls), "new": (moved, again)}.items():
        write_table(tmp_path / side / "staff.csv", HEAD[:7], people)
        write_table(tmp_path / side / "calls.csv", ["call_no", "staff_no", "text"], rows)
    found = listed(run_transfer(tmp_path / "old", tmp_path / "new"))
    told = [(5, "wrong_relation", "staff_no"), (6, "torn_relation", "staff_no"), (7, "rekeyed", "")]
    assert found == [(calls[place][0], fate, field) for place, fate, field in told]
