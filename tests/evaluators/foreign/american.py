"""Ids of 18 letters become GUIDs, UTC becomes local time, addresses are joined, phones get a country code."""

import random
from uuid import UUID
from zoneinfo import ZoneInfo

from tests.evaluators.foreign.planting import Planter
from tests.evaluators.foreign.sheets import Delivery, Firm, Record, Sheet, column
from tests.evaluators.foreign.words import (
    CITIES,
    FIRST,
    LAST,
    STREETS,
    iso,
    lose,
    may_turn,
    some_day,
    some_moment,
    some_words,
    turn,
)

NEW_YORK = ZoneInfo("America/New_York")


def build_american(size: int, seed: int = 1) -> Firm:
    """Accounts with parents of their own kind, and contacts."""
    chance = random.Random(seed)
    accounts = [_account(number, chance) for number in range(size)]
    contacts = [_contact(number, chance.choice(accounts)["id"], chance) for number in range(2 * size)]
    return Firm(
        {"accounts": _list_accounts(accounts), "contacts": _list_contacts(contacts)},
        Delivery(),
        Delivery("utf-8-sig", ";"),
        lambda key, _: str(UUID(int=random.Random(key).getrandbits(128))),
        chance,
    )


def _account(number: int, chance: random.Random) -> Record:
    return {
        "id": f"001{number:012}AAA",
        "name": f"{chance.choice(LAST)} {some_words(chance, 2).title()} {number}",
        "street": chance.choice(STREETS),
        "no": str(chance.randrange(1, 300)),
        "city": chance.choice(CITIES),
        "zip": f"{chance.randrange(10000, 99999)}",
        "parent": f"001{chance.randrange(1 + number // 3):012}AAA" if number % 4 == 3 else None,
        "made": some_moment(chance),
    }


def _contact(number: int, account: object, chance: random.Random) -> Record:
    return {
        "id": f"003{number:012}AAB",
        "first": chance.choice(FIRST),
        "last": chance.choice(LAST),
        "account": account,
        "phone": f"{chance.randrange(2 * 10**9, 10**10)}",
        "born": some_day(chance),
        "quiet": number % 5 == 0,
        "note": some_words(chance, 14),
    }


def _list_accounts(records: list[Record]) -> Sheet:
    old = [
        column("Id", "id"),
        column("Name", "name"),
        column("ParentId", "parent", names="accounts"),
        column("BillingStreet", "no street", "{} {}".format),
        column("BillingCity", "city"),
        column("BillingPostalCode", "zip"),
        column("CreatedDate", "made", lambda at: f"{at:%Y-%m-%dT%H:%M:%S.000Z}"),
    ]
    new = [
        column("accountid", "new_id"),
        column("name", "name"),
        column("parentaccountid", "parent", names="accounts"),
        column("address1_composite", "no street city zip", "{} {}\n{}, {}".format),
        column("createdon", "made", lambda at: f"{at.astimezone(NEW_YORK):%m/%d/%Y %I:%M %p}"),
    ]
    return Sheet("Account", records, old, new, "account")


def _list_contacts(records: list[Record]) -> Sheet:
    old = [
        column("Id", "id"),
        column("FirstName", "first"),
        column("LastName", "last"),
        column("AccountId", "account", names="accounts"),
        column("Birthdate", "born", iso),
        column("Phone", "phone", lambda phone: f"({phone[:3]}) {phone[3:6]}-{phone[6:]}"),
        column("HasOptedOutOfEmail", "quiet", lambda quiet: "true" if quiet else "false"),
        column("Description", "note"),
    ]
    new = [
        column("contactid", "new_id"),
        column("lastname", "last"),
        column("firstname", "first"),
        column("parentcustomerid", "account", names="accounts"),
        column("telephone1", "phone", "+1{}".format),
        column("birthdate", "born", lambda day: f"{day:%m/%d/%Y}" if day else ""),
        column("donotbulkemail", "quiet", int),
        column("description", "note", "<p>{}</p>".format),
    ]
    return Sheet("Contact", records, old, new, "contact")


def damage_american(planter: Planter) -> None:
    """Faults of nine classes."""
    planter.drop("accounts", 2)
    planter.double("contacts", 6)
    planter.misplace("contacts", "account", "accounts", 6)
    planter.misplace("accounts", "parent", "accounts", 3)
    planter.swap("contacts", "first", "last", 6)
    planter.change("contacts", "born", "value_lost", 6, lose)
    planter.change("contacts", "born", "date_swapped", 6, turn, may_turn)
    planter.change("contacts", "phone", "value_changed", 6, _next_number)
    planter.change("contacts", "note", "truncated", 6, lambda note: str(note)[:25])


def _next_number(phone: object) -> str:
    return f"{int(str(phone)) + 1_111}"
