"""What is promised of a CRM, with source and qualifier of each claim, and the twelve effects (M36–M38, M58, M62)."""

from dataclasses import dataclass
from pathlib import Path

from implement.engine.checklist.sheet import Entry, raise_faults, read_sheet_file
from implement.engine.checklist.text import Text

NO_MEASURE = "none"
MEASURES = (
    NO_MEASURE, "routine_hours", "repeat_share", "retention", "new_clients", "monthly_revenue", "clicks_to_history",
    "cards_filled", "timely_records", "response_hours",
)  # fmt: skip


@dataclass(frozen=True)
class Claim:
    """One promise: what it says, with which figure, how its source qualifies it, and which measure can be held
    against it; effects have neither figure nor source.
    """

    id: str
    demands: tuple[str, ...]
    measure: str
    text: Text
    promise: str = ""
    qualifier: Text | None = None
    source: Text | None = None


def load_claims(path: Path) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
    """Read the claims and the effects in order; raises UnusableSheet with every fault."""
    sheet = read_sheet_file(path)
    sheet.id()
    sheet.word("version")
    claims = tuple(_read_claim(entry) for entry in sheet.entries("claims"))
    effects = tuple(_read_effect(entry) for entry in sheet.entries("effects"))
    sheet.finish()
    raise_faults(sheet)
    return claims, effects


def _read_claim(entry: Entry) -> Claim:
    claim = Claim(
        entry.begin(), entry.demands(), entry.one_of("measure", MEASURES), entry.text("text"), entry.word("promise"),
        entry.text("qualifier"), entry.text("source"),
    )  # fmt: skip
    entry.finish()
    return claim


def _read_effect(entry: Entry) -> Claim:
    effect = Claim(entry.begin(), entry.demands(), entry.one_of("measure", MEASURES), entry.text("text"))
    entry.finish()
    return effect
