"""Codes: cells of one word that has digits."""

import re

CODE = re.compile(r"[^\s@]*\d[^\s@]*")


def is_code(cell: str) -> bool:
    """Say whether a cell is one word that has digits."""
    return CODE.fullmatch(cell.strip()) is not None
