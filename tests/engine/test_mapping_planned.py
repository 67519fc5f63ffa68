"""A planned field finds the old column whose name fits, in any of four languages, and no column is claimed twice."""

from implement.engine.mapping.planned import find_sources

TABLES = {
    "accounts": ["account", "name", "phone", "address"],
    "contacts": ["name", "email"],
    "sales_pipeline": ["deal_stage", "close_value"],
}


def found(*fields: tuple[str, str]) -> dict[str, tuple[str, str] | None]:
    return {one.field[1]: one.column for one in find_sources(fields, TABLES)}


def test_names_fit_across_languages() -> None:  # M19
    planned = (("Firma", "Telefon"), ("Компания", "Адрес"), ("Deal", "Stage"))
    assert list(found(*planned).values()) == [
        ("accounts", "phone"),
        ("accounts", "address"),
        ("sales_pipeline", "deal_stage"),
    ]


def test_like_tables_decide_between_equal_names() -> None:
    assert found(("Contact", "Name"))["Name"] == ("contacts", "name")


def test_what_is_merely_spelled_alike_is_not_offered() -> None:
    assert found(("Deal", "Amount"), ("Deal", "Next step with date")) == {"Amount": None, "Next step with date": None}


def test_no_column_is_claimed_twice() -> None:
    claimed = [one.column for one in find_sources([("Firma", "Telefon"), ("Company", "Telephone")], TABLES)]
    assert sorted(claimed, key=str) == [("accounts", "phone"), None]
