"""Search over four languages: endings, accents, capitals, and beginnings of words only."""

import pytest

from implement.engine.word_search import find_stems, fold, holds_all, rank


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("клиента", "Позвоните клиенту завтра"),
        ("Kunden", "Der Kunde ruft an"),
        ("zółty", "Żółty arkusz"),
        ("klientów", "Zapytaj klienta"),
        ("STRASSE", "Die Straße der Kunden"),
        ("ещё", "Еще один шаг"),
        ("reports", "A report for the head"),
    ],
)
def test_a_word_finds_its_other_forms(asked: str, text: str) -> None:
    assert holds_all(find_stems(asked), fold(text))


def test_each_word_must_be_there_and_a_middle_of_a_word_is_none() -> None:
    assert not holds_all(find_stems("client invoice"), fold("The client called"))
    assert not holds_all(find_stems("port"), fold("A report"))


def test_words_of_the_title_weigh_more() -> None:
    stems = find_stems("import")
    assert rank(stems, fold("Import of a list"), fold("Choose the file")) > rank(stems, fold("A list"), fold("Import"))


def test_signs_that_a_database_reads_are_mere_signs() -> None:
    assert find_stems("100 % _ ' \\") == ("100",)
    assert find_stems("%") == ()
