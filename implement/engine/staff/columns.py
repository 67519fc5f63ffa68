"""Propose which column of a staff list is what, by the names firms use in English, German, Polish and Russian."""

from collections.abc import Sequence

from implement.engine.exchange.headers import name_likeness
from implement.engine.exchange.vocabulary import COLUMN_WORDS

LEAST_LIKENESS = 0.5

FIELDS: dict[str, tuple[str, ...]] = {
    "number": (
        "personnel number",
        "employee number",
        "employee id",
        "staff number",
        "staff id",
        "number",
        "no",
        "id",
        "personalnummer",
        "personal nr",
        "mitarbeiternummer",
        "mitarbeiter nr",
        "nr",
        "numer pracownika",
        "nr pracownika",
        "numer ewidencyjny",
        "id pracownika",
        "табельныи номер",
        "номер сотрудника",
        "номер",
    ),
    "name": (
        "name",
        "full name",
        "employee",
        "employee name",
        "person",
        "sales agent",
        "salesperson",
        "agent",
        "vorname name",
        "mitarbeiter",
        "mitarbeitername",
        "imie i nazwisko",
        "pracownik",
        "nazwisko",
        "handlowiec",
        "фио",
        "имя",
        "сотрудник",
    ),
    "first_name": ("first name", "given name", "vorname", "imie", "имя"),
    "last_name": ("last name", "surname", "family name", "nachname", "familienname", "nazwisko", "фамилия"),
    "email": (
        "email",
        "e mail",
        "mail",
        "email address",
        "e mail adresse",
        "adres e mail",
        "почта",
        "электронная почта",
    ),
    "crm_user": (
        "crm user",
        "crm login",
        "login",
        "user",
        "user id",
        "username",
        "benutzer",
        "benutzername",
        "uzytkownik",
        "логин",
        "пользователь",
    ),
    "role": COLUMN_WORDS["users"]["role"],
    "team": COLUMN_WORDS["users"]["team"],
    "head": (*COLUMN_WORDS["users"]["manager"], "team lead", "teamleiter", "teamleitung", "lider zespolu"),
    "wave": COLUMN_WORDS["users"]["wave"],
    "fte": COLUMN_WORDS["users"]["fte"],
    "work_days": COLUMN_WORDS["users"]["work_days"],
    "hired": COLUMN_WORDS["users"]["hired"],
    "left": COLUMN_WORDS["users"]["left"],
}


def propose_staff_columns(header: Sequence[str]) -> dict[str, str]:
    """Say for each field which column holds it; each column serves one field, the surest pairs are taken first.

    Where first and last name stand apart and no full name is given, both are proposed instead of a name.
    """
    ranked = sorted(
        ((-name_likeness(column, words), place, field, column)
         for place, (field, words) in enumerate(FIELDS.items())
         for column in header),
    )  # fmt: skip
    chosen: dict[str, str] = {}
    for likeness, _, field, column in ranked:
        if -likeness >= LEAST_LIKENESS and field not in chosen and column not in chosen.values():
            chosen[field] = column
    if "first_name" in chosen and "last_name" in chosen:
        chosen.pop("name", None)
    return chosen
