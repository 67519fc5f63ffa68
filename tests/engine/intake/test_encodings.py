"""Encodings are told apart by what their bytes would say."""

import gzip
from collections import Counter

import pytest

from implement.engine.intake.encodings import decide_single_byte
from tests.engine.intake.cells import cells_of, note_codes, only_table, rows_of
from tests.engine.intake.conftest import Read

GERMAN = ["Müller GmbH", "Größe", "Köln", "Übergabe", "Jäger & Söhne", "Straße"]
POLISH = ["Łódź", "Kraków", "Małgorzata", "Święty", "źródło", "Gdańsk", "spółka"]
RUSSIAN = ["Иванов Пётр", "ООО Ромашка", "Москва", "Сидорова", "договор", "Общество"]

WRITINGS = [
    *(
        (GERMAN, name)
        for name in ("utf-8", "utf-8-sig", "cp1252", "iso8859-1", "cp850", "utf-16", "utf-16-le", "utf-16-be")
    ),
    *((POLISH, name) for name in ("utf-8", "cp1250", "iso8859-2", "cp852", "utf-16", "utf-16-le")),
    *((RUSSIAN, name) for name in ("utf-8", "cp1251", "koi8-r", "cp866", "iso8859-5", "utf-16", "utf-16-be")),
]


@pytest.mark.parametrize(("words", "encoding"), WRITINGS, ids=lambda one: one if isinstance(one, str) else one[0])
def test_cells_are_the_same_in_every_encoding(read: Read, words: list[str], encoding: str) -> None:
    text = "id;name\n" + "".join(f"{number};{word}\n" for number, word in enumerate(words))
    assert [row[1] for row in cells_of(read(text.encode(encoding)))] == words


@pytest.mark.parametrize(
    ("word", "encoding"),
    [("Иванов", "cp1251"), ("Müller", "cp1252"), ("Łukasz", "cp1250"), ("сделка", "koi8-r"), ("клиент", "cp866")],
)
def test_one_word_is_enough(word: str, encoding: str) -> None:
    assert decide_single_byte(Counter([word.encode(encoding)])) == encoding


def test_a_letter_far_down_the_file_changes_the_encoding(read: Read) -> None:
    plain = "".join(f"{number};plain\n" for number in range(80_000))
    table = only_table(read(("id;name\n" + plain + "80000;Größe\n").encode("cp1252")))
    assert table.encoding == "cp1252"
    assert rows_of(table)[-1] == ("80000", "Größe")


def test_lines_of_another_encoding_are_read_and_noted(read: Read) -> None:
    lines = [f"{number};Müller {number}\n".encode() for number in range(9)] + ["9;Köln\n".encode("cp1252")]
    intake = read(b"id;name\n" + b"".join(lines))
    assert cells_of(intake)[-1] == ("9", "Köln")
    assert note_codes(intake) == [(10, "encoding_mixed")]


def test_packed_text_is_read_like_the_text_itself(read: Read) -> None:
    table = only_table(read(gzip.compress("id;name\n1;Łódź\n".encode("cp1250")), "contacts.csv.gz"))
    assert (table.name, rows_of(table)) == ("contacts", [("1", "Łódź")])


def test_bytes_that_are_no_text_are_refused(read: Read) -> None:
    assert [fault.code for fault in read(bytes(range(32)) * 100).faults] == ["bytes_not_text"]
