"""What can be wrong with a plan, said in one line each, with the person and the key."""

from dataclasses import dataclass

PLAN_FAULT_TEXTS = {
    "file_unreadable": "The plan cannot be read: {0}.",
    "not_text": "The plan is not written in UTF-8 (byte {0}).",
    "not_json": "The plan is no JSON, line {0}, column {1}: {2}.",
    "too_deep": "The plan is nested too deeply.",
    "no_object": "The plan must be one JSON object in braces.",
    "not_an_object": "must be an object in braces",
    "not_a_list": "must be a list in brackets",
    "not_a_text": "must be text in quotes",
    "not_a_flag": "must be true or false",
    "not_whole": "must be a whole number without quotes",
    "not_decimal": "must be a decimal number in quotes, at most 15 digits before the point and 12 after it",
    "missing": "is missing",
    "unknown": "is no key of this place",
    "repeated": "is given more than once",
    "blank": "must not be empty",
    "no_entries": "must hold at least one entry",
    "negative": "must not be negative",
    "not_above_zero": "must be above 0",
    "too_small": "must be at least {0}",
    "too_large": "must be at most {0}",
    "no_choice": "must be one of {0}",
    "id_taken": "is the id of more than one person",
    "name_taken": "is given to more than one entry of this person",
    "weights": "weight_bp must sum to exactly {0}, sums to {1}",
    "no_actual": "is null: give the actual, or a decision with payout, by and reason",
    "decision_beside_actual": "a decision stands only where the actual is null",
    "present_above_planned": "must not be above planned",
    "nobody_present": "must be above 0 where it applies to the target",
    "not_a_pair": "must be a pair of two decimal numbers in quotes",
    "second_negative": "the second number must not be negative",
    "curve_unsorted": "the knots must be sorted by their first number",
    "curve_crowded": "at most two knots may share their first number",
    "first_band": "the first band must begin at 0",
    "bands_unsorted": "each band must begin above the one before",
    "faults_more": "More faults than {0} are not listed.",
}


@dataclass(frozen=True)
class PlanFault:
    """One thing in a plan that cannot be priced; `key` is the way to it, such as `items[2].target`."""

    person: str
    key: str
    code: str
    values: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The reason in English."""
        return PLAN_FAULT_TEXTS[self.code].format(*self.values)

    @property
    def line(self) -> str:
        """The whole fault on one line, whatever characters a name holds."""
        where = ", ".join(part for part in (self.person, self.key) if part)
        return show_plainly(f"{where}: {self.text}" if where else self.text)


def show_plainly(text: str) -> str:
    """The text with everything that does not print, line breaks too, written as an escape."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)
