"""A word read in a wrong encoding is never taken for the same word in another writing; what is written anew is."""

import itertools
from pathlib import Path

import pytest

from implement.engine.coded import code_texts
from implement.engine.mapping.plan import LOOSE, TEXT, ColumnMapping
from implement.engine.reconcile.cells.differing import compare_all
from implement.engine.reconcile.cells.one_cell import CellReader
from implement.engine.reconcile.cells.pairs import FATES
from tests.engine.transfers import listed, run_transfer, write_table

LATIN = [chr(letter) for letter in range(0xC0, 0x180) if chr(letter).isalpha()]
CYRILLIC = [chr(letter) for letter in range(0x400, 0x460)]
SIGNS = list("«»„“”’–—№©®°±§·")
WORDS = [f"{head}{letter}{tail}" for letter in LATIN for head, tail in (("Pan", "k"), ("", "vin"), ("Lund", ""))]
NAMES = ["São João", "Guimarães", "Ãguas", "Ärzte", "Łódź", "Dvořák", "Zürich", "Юрий", "Пётр Щука", "Алла", "Рая"]
TEXTS = WORDS + [f"Ива{letter}ов" for letter in CYRILLIC] + [f"Müller {sign} Söhne" for sign in SIGNS] + NAMES
ENCODINGS = ["cp1252", "latin-1", "cp1250", "iso8859-2", "cp1251", "cp850", "cp852", "cp866", "koi8-r"]
HARM = "mojibake", "value_lost"
"""Of a word that is misread as signs alone nothing is left."""
PAIRS = [pair for pair in itertools.product(["utf-8", *ENCODINGS], ENCODINGS) if pair[0] != pair[1]]


def _misread(text: str, right: str, wrong: str) -> str:
    """A text read in a wrong encoding; nothing where one of them lacks a letter."""
    try:
        return text.encode(right).decode(wrong)
    except UnicodeError:
        return ""


def _fates(kind: str, written: list[str], found: list[str]) -> list[str]:
    """What became of words of one column; together they are told as each is alone."""
    reader = CellReader(ColumnMapping("a", "b", kind, rewritten=kind == LOOSE))
    together = [FATES[code] for code in compare_all(reader, code_texts(written), code_texts(found)).tolist()]
    assert together == [reader.compare(*pair) for pair in zip(written, found, strict=True)]
    return together


@pytest.mark.parametrize("kind", [TEXT, LOOSE])
@pytest.mark.parametrize(("right", "wrong"), PAIRS)
def test_a_word_read_in_a_wrong_encoding_is_damaged(right: str, wrong: str, kind: str) -> None:
    read = [(text, _misread(text, right, wrong)) for text in TEXTS]
    asked = [(text, found) for text, found in read if found and " ".join(found.split()).casefold() != text.casefold()]
    told = zip(asked, _fates(kind, *map(list, zip(*asked, strict=True))), strict=True) if asked else []
    assert [(*pair, fate) for pair, fate in told if fate not in HARM] == []


@pytest.mark.parametrize("turn", [str.upper, str.lower])
def test_a_damaged_word_in_other_capitals_is_damaged(turn: type[str]) -> None:
    written = ["Guimarães", "São João", "Ãguas", "Ärzte"]
    for right, wrong in (("utf-8", "latin-1"), ("utf-8", "cp850")):
        found = [_misread(turn(text), right, wrong) for text in written]
        assert "reformatted" not in _fates(LOOSE, written, found)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Zürich", "Zurich"),
        ("Zürich", "Zuerich"),
        ("Guimarães", "Guimaraes"),
        ("Łódź", "Lodz"),
        ("Юрий", "Yuriy"),
        ("Щербаков Пётр", "Shcherbakov Petr"),
        ("Ärzte", "ÄRZTE"),
        ("ÐORVALDUR", "ðorvaldur"),
        ("ООО «Ромашка»", "ООО \"Ромашка\""),
        ("Müller – Söhne", "Müller-Söhne"),
        ("São Paulo", "são-paulo"),
        ("Дед Егор", "ДЕД ЕГОР"),
    ],
)  # fmt: skip
def test_a_word_written_anew_is_no_harm(written: str, found: str) -> None:
    assert _fates(TEXT, [written], [found]) == ["reformatted"]
    assert _fates(LOOSE, [written], [found]) == ["reformatted"]


def test_a_town_is_damaged_in_a_column_of_small_letters_too(tmp_path: Path) -> None:
    towns = [f"{first} {last}" for first in ("Lourinhã", "Mação", "Bonn", "Fundão") for last in range(100, 130)]
    small = [town.lower() for town in towns]
    small[7] = _misread(small[7], "utf-8", "cp1252")
    for side, cells in (("old", towns), ("new", small)):
        write_table(tmp_path / side / "towns.csv", ["id", "town"], [[f"T{n}", cell] for n, cell in enumerate(cells)])
    assert listed(run_transfer(tmp_path / "old", tmp_path / "new")) == [("T7", "mojibake", "town")]
