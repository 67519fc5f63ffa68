"""What can be wrong with a checklist file, and where."""

from collections.abc import Iterable
from dataclasses import dataclass

FAULT_TEXTS = {
    "too_large": "the file is larger than {0} bytes",
    "not_utf8": "the file is not UTF-8 text",
    "not_yaml": "this is not YAML: {0}",
    "sheet_too_deep": "the file is nested more than {0} deep",
    "not_a_mapping": "expected keys with values here",
    "not_a_list": "expected a list here",
    "not_a_word": "expected a single value here",
    "alias": "anchors and aliases (& and *) are not read",
    "twice": "the key stands twice",
    "missing": "the key is missing or empty",
    "unknown_key": "this key is not known here",
    "not_one_of": "{0} is none of: {1}",
    "not_a_number": "{0} is not a number",
    "not_a_day": "{0} is not a day such as 2024-03-31",
    "not_whole": "{0} is not a whole number from {1} to {2}",
    "bad_id": "{0} is not an id",
    "bad_demand": "{0} is not a demand number from M1 to M136",
    "same_id": "the id {0} is used twice",
    "foreign_id": "the id {0} does not begin with {1}",
    "language_missing": "the wording in {0} is missing",
    "language_unknown": "{0} is not one of the four languages",
    "other_blanks": "the blanks in {0} differ from those in English",
    "unknown_blank": "the blank {0} names no answer that is known whenever the rule holds",
    "unknown_item": "there is no question {0}",
    "unknown_option": "the question {0} has no option {1}",
    "wrong_kind": "the question {0} is not answered by {1}",
    "unknown_list": "there is no list {0} to share",
    "unknown_unit": "the unit {0} is not described",
    "unknown_assumption": "the assumption {0} is not described",
    "not_five_levels": "a scale has the five levels 0 to 4 in order",
    "too_few_options": "a choice needs at least two options",
    "no_claim": "a condition needs exactly one of: {0}",
    "too_deep": "conditions are nested too deeply",
    "no_limit": "a condition on a level or number needs a limit",
    "out_of_range": "{0} does not lie between {1} and {2}",
    "empty": "the list is empty",
    "no_stage": "the stage {0} is missing",
}


@dataclass(frozen=True)
class SheetFault:
    """One thing wrong in a checklist file: where (file, line, id of the item, key) and what (code with values)."""

    file: str
    line: int
    item: str
    key: str
    code: str
    values: tuple[str, ...] = ()

    def __str__(self) -> str:
        place = ", ".join(part for part in (f"{self.file}:{self.line}", self.item, self.key) if part)
        return f"{place}: {FAULT_TEXTS[self.code].format(*self.values)}"


class UnusableSheet(ValueError):
    """A checklist file with faults; all of them are listed."""

    def __init__(self, faults: Iterable[SheetFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))
