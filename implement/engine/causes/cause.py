"""A cause: what findings have in common, said by a code with values so that every language can say it."""

from dataclasses import dataclass

TEXTS = {
    "open_records": "{share} {fate} {records} are the open ones: {column} is {values}",
    "value": "{share} {fate} {records} have {column} = {values}",
    "empty": "{share} {fate} {records} have an empty {column}",
    "no_parent": "{share} {fate} {records} name a {column} that {parent} does not have",
    "parent_gone": "{share} {fate} {records} refer to {parent} that did not arrive",
    "row_range": "{share} {fate} {records} stand in rows {values} of the source: one chunk was lost",
    "many_to_one": "several values of {column} became one: {values}",
    "replaced": "{column} {values} on {share} {records}",
    "reassigned": "{share} {fate} {records} had {column} = {values}; they now belong to several others",
    "constant": "{share} {fate} {records} got the same value in {column}: {values}",
    "invented_days": "{share} {fate} {records} got consecutive days in {column}: {values}",
    "other_file": "nearly nothing of {records} arrived: another file was handed in, or its import failed as a whole",
    "parent_vanished": "{share} {fate} {records} refer to {parent}, nearly none of which arrived",
    "all_replaced": "nearly every {column} was replaced, one value by several: this is no mapping",
    "cut_at": "{share} {fate} {records} were cut at {values} characters in {column}",
}

PLAIN = frozenset(
    {"many_to_one", "replaced", "constant", "cut_at", "invented_days", "row_range", "other_file", "all_replaced"}
)
"""Causes that say enough without shares."""


@dataclass(frozen=True)
class Cause:
    """Why findings of one class happened, with how many of them and how rare the condition is elsewhere."""

    table: str
    fate: str
    field: str
    code: str
    column: str
    values: tuple[str, ...]
    inside: int
    """Findings that meet the condition."""
    findings: int
    """All findings of this class (and field)."""
    share_inside: float
    share_outside: float
    parent: str = ""

    @property
    def lift(self) -> float | None:
        """How many times more frequent the condition is among the findings; None where it occurs nowhere else."""
        return self.share_inside / self.share_outside if self.share_outside else None

    @property
    def sentence(self) -> str:
        """The cause in English."""
        share = f"all {self.inside:,}" if self.inside == self.findings else f"{self.inside:,} of {self.findings:,}"
        said = TEXTS[self.code].format(
            share=share,
            fate=self.fate,
            records=f"{self.table} records",
            column=self.column,
            values=_listed(self.values, self.code),
            parent=self.parent,
        )
        if self.code in PLAIN:
            return said
        return f"{said} ({self.share_inside:.0%} of these, {self.share_outside:.0%} of the others)"


def _listed(values: tuple[str, ...], code: str) -> str:
    if code in ("many_to_one", "replaced"):
        return f"{', '.join(values[:-1])} → {values[-1]}"
    if code in ("row_range", "invented_days"):
        return " to ".join(values)
    return "".join(values) if len(values) < 2 else f"{', '.join(values[:-1])} or {values[-1]}"
