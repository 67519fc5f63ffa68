"""Numbers as people write them in sheets, grouped or not, with comma or point; what would be a guess is refused."""

import re
from collections.abc import Sequence
from decimal import Decimal

NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,12})?")
AMBIGUOUS = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")


def read_decimal(text: str, mark: str = "") -> Decimal | None:
    """A number as people write it, grouped or not; None when it is none, or when only a guess could tell.

    `mark` is the decimal mark of its column; without one, `1,234` may be a thousand or little more than one.
    """
    plain = re.sub(r"[ \u00a0\u202f'’](?=\d{3}(\D|$))", "", text.strip().replace("\u2212", "-"))
    marks = [sign for sign in plain if sign in ".,"]
    if len(set(marks)) > 1 or marks.count(marks[0] if marks else "") > 1:
        mark = marks[-1] if len(set(marks)) > 1 else {".": ",", ",": "."}[marks[0]]
    elif AMBIGUOUS.fullmatch(plain) and not mark:
        return None
    if not mark or (len(marks) == 1 and not AMBIGUOUS.fullmatch(plain)):
        mark = marks[0] if marks else "."
    grouped = plain.replace({".": ",", ",": "."}[mark], "").replace(mark, ".")
    return Decimal(grouped) if NUMBER.fullmatch(grouped) and _is_well_grouped(plain, mark) else None


def find_mark(cells: Sequence[str]) -> str:
    """The decimal mark that a column's own cells prove; empty where they prove none, or both."""
    proofs = {proof for cell in cells if (proof := _prove_mark(cell.strip()))}
    return proofs.pop() if len(proofs) == 1 else ""


def _prove_mark(cell: str) -> str:
    marks = [sign for sign in cell if sign in ".,"]
    if len(set(marks)) > 1:
        return marks[-1]
    if len(marks) > 1:
        return {".": ",", ",": "."}[marks[0]]
    return marks[0] if marks and not AMBIGUOUS.fullmatch(cell) else ""


def _is_well_grouped(plain: str, mark: str) -> bool:
    """True when signs before the decimal mark stand in threes, or there are none."""
    group = {".": ",", ",": "."}[mark]
    whole = plain.partition(mark)[0]
    in_threes = rf"-?\d{{1,3}}({re.escape(group)}\d{{3}})+"
    return group not in plain or (group in whole and re.fullmatch(in_threes, whole) is not None)
