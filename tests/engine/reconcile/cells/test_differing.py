"""Many pairs of cells are named at once as each of them is alone."""

import itertools

import pytest

from implement.engine.coded import code_texts
from implement.engine.mapping.plan import DATE, LOOSE, NUMBER, TEXT, WORDS, ColumnMapping, Writing
from implement.engine.reconcile.cells.differing import compare_all
from implement.engine.reconcile.cells.one_cell import CellReader
from implement.engine.reconcile.cells.pairs import FATES

CELLS = """

null|NULL| n/a|0|00123|123|123.0|1.234,50|1,234.50|1234.5|1.2E+10|12000000000|12345678901|3-4|4 Mar|03/04/2024
04/03/2024|2024-03-04|2024-03-04 12:30:00|45355|+49 30 1234|0049 30 1234|49301234|Müller|Muller|Mueller
MÃ¼ller|M?ller|M�ller|Mller|MÜLLER|Mül|M&uuml;ller|<b>Müller</b>|Иванов Пётр|Ivanov Petr|Иванов|Иван|Èâàíîâ
������|??????|Łódź|Lodz|Å\x81Ã³dÅº|Lód?|Long text – with a dash, and more|Long text – with
Long text â€“ with a dash, and more|Long text|Long text...|Straße 5²|Strasse 52|Peter Ivanov|Petr  Ivanov|Gold
GOLD Plus|A & B|A &amp; B|—|–
""".replace("\n", "|").split("|")
READERS = (
    ColumnMapping("a", "b", TEXT),
    ColumnMapping("a", "b", TEXT, values=(("Gold", "GOLD Plus"), ("0", "Lodz"))),
    ColumnMapping("a", "b", LOOSE, target_writing=Writing(prefixes="49|0")),
    ColumnMapping("a", "b", WORDS),
    ColumnMapping("a", "b", NUMBER, target_writing=Writing(comma=True)),
    ColumnMapping("a", "b", DATE, Writing(order="MDY"), Writing(order="DMY")),
)


@pytest.mark.parametrize("column", READERS, ids=lambda column: f"{column.kind}{len(column.values) or ''}")
def test_pairs_named_together_have_the_fates_they_have_alone(column: ColumnMapping) -> None:
    pairs = list(itertools.product(CELLS, CELLS))
    written, found = (code_texts(cells) for cells in zip(*pairs, strict=True))
    together = [FATES[code] for code in compare_all(CellReader(column), written, found).tolist()]
    alone = [CellReader(column).compare(one or None, other or None) for one, other in pairs]
    told = zip(pairs, together, alone, strict=True)
    assert [(*pair, fate, right) for pair, fate, right in told if fate != right] == []
    assert len(set(alone)) > 4


@pytest.mark.parametrize(
    ("kind", "written", "found", "fate"),
    [
        (TEXT, "Well done 🎉", "Well done ?", "mojibake"),
        (TEXT, "Well done 🎉", "Well done!", "reformatted"),
        (TEXT, "(832) 343-5024 x246", "832 343 5024 ext. 246", "reformatted"),
        (TEXT, "(832) 343-5024 x246", "8323435024246", "reformatted"),
        (TEXT, "(832) 343-5024 x246", "832 343 5024 ext. 247", "value_changed"),
        (LOOSE, "Salisbury East", "SALISBUR", "truncated"),
        (LOOSE, "Que Delícia", "QUE DEL?CIA", "mojibake"),
        (LOOSE, "Que Delícia", "QUE DELÃ\x8dCIA", "mojibake"),
        (LOOSE, "Male", "m", "value_changed"),
        (TEXT, "1082912374030878", "1082912374030870", "number_format"),
        (LOOSE, "1082 9123 7403 0878", "1082912374030870", "number_format"),
        (NUMBER, "1445070788178128681", "1445070788178120000", "number_format"),
        (NUMBER, "1082912374030878", "1082912374030868", "value_changed"),
        (NUMBER, "81.15", "81.1500000000001", "number_format"),
        (NUMBER, "-0.3", "-0.30000000000000004", "number_format"),
        (NUMBER, "7.00", "6.9999999999999991", "number_format"),
        (NUMBER, "81.1500000000001", "81.15", "number_format"),
        (NUMBER, "81.15", "81.1500001", "value_changed"),
        (NUMBER, "81.15", "81.1600000000001", "value_changed"),
        (NUMBER, "123456789012345.67", "123456789012345.69", "value_changed"),
        (NUMBER, "43.01", "$4,301", "number_format"),
        (NUMBER, "2437.85", "243,785.00", "number_format"),
        (NUMBER, "43.01", "$4,302", "value_changed"),
    ],
)
def test_damage_is_named_beside_other_capitals_and_signs(kind: str, written: str, found: str, fate: str) -> None:
    column = ColumnMapping("a", "b", kind, rewritten=True)
    assert CellReader(column).compare(written, found) == fate
    codes = compare_all(CellReader(column), code_texts([written]), code_texts([found]))
    assert FATES[codes[0]] == fate
