"""What keeps a run from being handed to payroll, said in one sentence each."""

from collections.abc import Sequence
from dataclasses import dataclass

PAYROLL_FAULT_TEXTS = {
    "number_missing": "has no personnel number",
    "number_unfit": "the personnel number {0} has other signs than letters, digits, dot, dash, slash and underscore",
    "number_shared": "the personnel number {0} belongs to more than one person",
    "number_changes": "the same person also has the personnel number {0}",
    "row_repeated": "the personnel number {0} has the wage type {1} more than once",
    "not_in_encoding": "the sign {0} cannot be written in {1}",
    "not_one_line": "the text holds a line break, a tab or another control sign",
    "text_too_long": "the text has more than {0} signs",
    "too_many_rows": "The run has more than {0} rows.",
    "amount_too_large": "the amount has more than 15 digits",
    "wage_type_unset": "No wage type is set for this part of the pay; the payroll office names it.",
    "run_unnamed": "The run has no name that a file can carry.",
    "adviser_number": "The adviser number must be from 1 to 9999999.",
    "client_number": "The client number must be from 1001 to 99999.",
    "processing_key": "The processing key for amounts is not set; the payroll office names it.",
    "not_euro_cents": "Amounts for this program are in euros and cents.",
    "not_zloty": "Amounts for this program are in zloty and grosz.",
    "whole_number": "the personnel number {0} must be a number from 1 to 99999 for this program",
    "whole_number_shared": "another personnel number differs from {0} only by zeros in front, which are not seen there",
    "whole_wage_type": "the wage type {0} must be a number from 1 to 9999 for this program",
    "short_cost_centre": "the cost centre {0} must be letters and digits, at most 13, for this program",
    "heading": "The heading {0} of the sheet is not set; the payroll office names it.",
    "not_read_back": "The file, read back, has {0} rows of {1}, or another total.",
    "heading_twice": "Two headings of the sheet are the same: {0}.",
}


@dataclass(frozen=True)
class PayrollFault:
    """One thing that must be put right before the run goes out; `row` counts from 1, None concerns the whole run."""

    row: int | None
    column: str
    code: str
    values: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The reason in English."""
        return PAYROLL_FAULT_TEXTS[self.code].format(*self.values)


class UnusableRun(Exception):
    """A run that payroll could not read or would misread; carries every fault."""

    def __init__(self, faults: Sequence[PayrollFault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = list(faults)
