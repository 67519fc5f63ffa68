"""The demonstration's staff: the sellers and heads of the legacy records, in teams and waves, with the habit each is
given.
"""

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from implement.demo.after_state import read_legacy


class Habit(StrEnum):
    """How somebody takes to the new CRM."""

    KEEN = "keen"
    STEADY = "steady"
    SPREADSHEET = "spreadsheet"
    OVERWHELMED = "overwhelmed"
    FADING = "fading"
    BEREFT = "bereft"


WAVES = {"Central": ("Pilot", 70), "East": ("Wave 2", 35), "West": ("Wave 3", -21)}
HABITS = (Habit.KEEN, Habit.STEADY, Habit.STEADY, Habit.STEADY, Habit.KEEN, Habit.STEADY)
UNUSUAL = {
    "Gladys Colclough": Habit.SPREADSHEET,
    "Versie Hillebrand": Habit.OVERWHELMED,
    "Moses Frase": Habit.FADING,
    "Cecily Lampkin": Habit.BEREFT,
    "Violet Mclelland": Habit.SPREADSHEET,
    "Corliss Cosme": Habit.SPREADSHEET,
    "Garret Kinder": Habit.SPREADSHEET,
    "Wilburn Farren": Habit.FADING,
    "Cara Losch": Habit.SPREADSHEET,
    "Elizabeth Anderson": Habit.OVERWHELMED,
}
PART_TIME = {"Anna Snelling": 0.6, "Lajuana Vencill": 0.5, "Rosie Papadopoulos": 0.8}


@dataclass(frozen=True)
class Colleague:
    """Somebody of the demonstration's staff."""

    number: str
    name: str
    crm_user: str
    role: str
    team: str
    head: str
    wave: str
    fte: float
    habit: Habit
    go_live: date

    @property
    def work_days(self) -> str:
        """Whoever works part time works fewer days."""
        return "12345"[: round(5 * self.fte)]

    @property
    def email(self) -> str:
        """An address at the reserved example domain."""
        return f"{self.crm_user}@example.org"


def list_staff(today: date) -> list[Colleague]:
    """Everybody: 35 sellers and their six heads, in six teams of three waves counted back from today."""
    sellers = read_legacy("sales_teams")
    heads = dict.fromkeys((row["manager"], row["regional_office"]) for row in sellers)
    named = [(row["sales_agent"], row["manager"], row["regional_office"], "salesperson") for row in sellers]
    named += [(head, head, office, "head") for head, office in heads]
    return [_hire(place, *who, today=today) for place, who in enumerate(named, start=1)]


def write_staff_list(staff: list[Colleague]) -> bytes:
    """The staff list as a personnel department would hand it in."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        ("Number", "Name", "E-mail", "CRM user", "Function", "Team", "Head", "Wave", "FTE", "Work days", "Hired")
    )
    for one in staff:
        hired = one.go_live - timedelta(days=900)
        row = (one.number, one.name, one.email, one.crm_user, one.role, one.team, one.head, one.wave)
        writer.writerow((*row, f"{one.fte:.1f}", one.work_days, hired.isoformat()))
    return text.getvalue().encode()


def _hire(place: int, name: str, head: str, office: str, role: str, *, today: date) -> Colleague:
    wave, days_live = WAVES[office]
    return Colleague(
        number=f"{1000 + place}",
        name=name,
        crm_user=name.lower().replace(" ", "."),
        role=role,
        team=f"{office} · {head.split()[-1]}",
        head=head,
        wave=wave,
        fte=PART_TIME.get(name, 1.0),
        habit=UNUSUAL.get(name, HABITS[place % len(HABITS)]),
        go_live=today - timedelta(days=days_live),
    )
