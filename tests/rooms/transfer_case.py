"""A small transfer with known losses: 120 deals of which the 40 open ones are missing, 30 contacts that all arrived."""

HEAD = "deal_id,contact,stage,amount,closed"
STAGES = ("Won", "Lost", "Prospecting")


def _deal(number: int) -> str:
    stage = STAGES[number % 3]
    amount = f"{number * 10 + 5}.00" if stage == "Won" else ""
    return f"D{number:04},C{number % 30:03},{stage},{amount},2024-0{number % 9 + 1}-1{number % 10}"


DEALS = [_deal(number) for number in range(120)]
CONTACTS = [f"C{number:03},Person {number} Name,person{number}@example.com,{30_000 + number * 7}" for number in range(30)]


def _file(head: str, rows: list[str]) -> bytes:
    return "\n".join([head, *rows, ""]).encode()


DEALS_BEFORE = _file(HEAD, DEALS)
DEALS_AFTER = _file(HEAD, [deal for deal in DEALS if "Prospecting" not in deal])
CONTACTS_BEFORE = _file("contact_id,name,email,postcode", CONTACTS)
CONTACTS_AFTER = CONTACTS_BEFORE
