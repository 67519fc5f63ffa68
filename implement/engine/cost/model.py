"""What a rollout costs, part by part, and the figures each part is the product of (M85–M91, M96, M101)."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from implement.engine.checklist.sheet import Entry, raise_faults, read_sheet_file
from implement.engine.checklist.text import Text

RHYTHMS = ("once", "monthly", "yearly")
LONGEST_MONTHS = 36


class FactorKind(StrEnum):
    """What a figure counts: minor units of money, things, hours, weeks, or a share 0–1."""

    MONEY = "money"
    COUNT = "count"
    HOURS = "hours"
    WEEKS = "weeks"
    SHARE = "share"


@dataclass(frozen=True)
class Factor:
    """One figure, of the firm or of each offer; `answers` are the questions of the audit it can be taken from."""

    id: str
    kind: FactorKind
    of_firm: bool
    answers: tuple[str, ...]
    text: Text


@dataclass(frozen=True)
class Part:
    """One part of the cost: the product of its factors, due once, each month or each year from a month on.

    `rises`: it grows each year by the rise that the offer allows; an optional part without figures costs nothing.
    """

    id: str
    demands: tuple[str, ...]
    rhythm: str
    first_month: int
    factors: tuple[str, ...]
    rises: bool
    text: Text
    why: Text


@dataclass(frozen=True)
class Model:
    """All factors and parts."""

    factors: tuple[Factor, ...]
    parts: tuple[Part, ...]

    @cached_property
    def by_id(self) -> dict[str, Factor]:
        """The factors by their ids."""
        return {factor.id: factor for factor in self.factors}


def load_model(path: Path) -> Model:
    """Read the model strictly; raises UnusableSheet with every fault."""
    sheet = read_sheet_file(path)
    sheet.id()
    sheet.word("version")
    factors = tuple(map(_read_factor, sheet.entries("factors")))
    known = {factor.id for factor in factors}
    parts = tuple(_read_part(entry, known) for entry in sheet.entries("parts"))
    sheet.finish()
    raise_faults(sheet)
    return Model(factors, parts)


def _read_factor(entry: Entry) -> Factor:
    factor = Factor(
        entry.begin(), FactorKind(entry.one_of("kind", list(FactorKind))),
        entry.one_of("of_firm", ("false", "true"), "false") == "true",
        entry.words("answers") if entry.holds("answers") else (), entry.text("text"),
    )  # fmt: skip
    entry.finish()
    return factor


def _read_part(entry: Entry, known: set[str]) -> Part:
    part = Part(
        entry.begin(), entry.demands(), entry.one_of("rhythm", RHYTHMS),
        entry.whole("first_month", 1, LONGEST_MONTHS) if entry.holds("first_month") else 1, entry.words("factors"),
        entry.one_of("rises", ("false", "true"), "false") == "true", entry.text("text"), entry.text("why"),
    )  # fmt: skip
    for name in part.factors:
        if name not in known:
            entry.fault("factors", "not_one_of", name, ", ".join(sorted(known)))
    entry.finish()
    return part
