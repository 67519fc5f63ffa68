"""Charts draw exactly their rows, say what they are, and fit a strict content policy."""

import re
from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from implement.web.charts import (
    Bar,
    Chart,
    Estimate,
    Fate,
    Goal,
    Line,
    Multiple,
    bars,
    flow,
    gantt,
    heatmap,
    lines,
    multiples,
    ranges,
    stacked_fates,
)
from implement.web.charts.axis import find_marks, say_marks
from implement.web.charts.canvas import text_width
from tests.web.conftest import SpeaksLanguage

SVG = "{http://www.w3.org/2000/svg}"
WEEKS = [date(2024, 1, 1), date(2024, 1, 8), date(2024, 1, 15)]
FATES = [Fate("arrived", "good"), Fate("dropped", "bad")]
CHANGES = [Estimate("Use", 0.4, 0.1, 0.7, "good"), Estimate("Deals", None, note="too few")]


def draw_heat(**changes: object) -> Chart:
    """A heat map of two teams over three weeks, one cell withheld."""
    wanted: dict[str, object] = {
        "row_heading": "Team",
        "row_labels": ["South", "North <b>"],
        "column_labels": WEEKS,
        "values": [[0.1, 0.5, 1.0], [0.0, None, 0.9]],
        "kind": "share",
        "notes": {(1, 2): "withheld: fewer than 5 people"},
        "links": {(0, 1): "/teams/1?week=1"},
    }
    return heatmap("Use by team", "Darker is more.", **{**wanted, **changes})  # type: ignore[arg-type]


def draw_all() -> list[Chart]:
    """One chart of each kind."""
    fates = {"heading": "Table", "labels": ["deals"], "fates": FATES, "counts": [[6711, 2089]]}
    pilot = Line("Pilot", (40, None, 44), low=(30, None, 33), high=(50, None, 55))
    waves = [Bar("Wave 1", date(2024, 1, 8), date(2024, 2, 16), tone="good", state="done", url="/waves/1")]
    return [
        draw_heat(),
        bars("Money", "By owner.", headings=("Owner", "Money"), labels=["A", "B"], values=[500, None], kind="money"),
        stacked_fates("Fates", "2,089 dropped.", **fates),  # type: ignore[arg-type]
        lines("Use", "Per week.", heading="Week", days=WEEKS, series=[pilot], goal=Goal("Goal", 80)),
        gantt("Waves", "One wave.", heading="Wave", bars=waves, today=date(2024, 1, 20)),
        flow("Flow", "2,089 dropped.", **fates),  # type: ignore[arg-type]
        ranges("Change", "Against the others.", heading="Figure", rows=CHANGES, mark=0.0),
    ]


def draw_multiples() -> Chart:
    """Two teams by two figures over three weeks, one week withheld."""
    columns = [Multiple("Active days", "share", 0.6), Multiple("A heading of many long words", "number")]
    values = [[[0.5, None, 0.7], [3, 2, 1]], [[0.1, 0.2, 0.3], [None, None, None]]]
    where = {"links": {(0, 2): "/teams/1"}, "notes": {(1, 2): "withheld"}}
    said = {"heading": "Team", "days": WEEKS, "names": ["North", "South"], "columns": columns, "values": values}
    return multiples("Side by side", "Over the same weeks.", **said, **where)  # type: ignore[arg-type]


def tree(chart: Chart) -> ET.Element:
    """The picture as a tree."""
    return ET.fromstring(chart.svg)


def said(chart: Chart) -> list[str]:
    """The words in the picture."""
    return [str(element.text) for element in tree(chart).iter(f"{SVG}text")]


def titles(chart: Chart) -> list[str]:
    """What marks say under the pointer."""
    return [str(title.text) for path in tree(chart).iter(f"{SVG}path") for title in path.iter(f"{SVG}title")]


def test_rows_are_exactly_what_is_drawn(english: None) -> None:
    heat, money, fates, use, plan, flowing, _changes = draw_all()
    assert heat.rows == (("South", 0.1, 0.5, 1.0), ("North <b>", 0.0, None, 0.9))
    assert money.rows == (("A", 500), ("B", None))
    assert fates.rows == (("deals", 6711, 2089),)
    assert use.rows == ((WEEKS[0], 40, 30, 50), (WEEKS[1], None, None, None), (WEEKS[2], 44, 33, 55))
    assert flowing.rows == fates.rows
    assert plan.rows == (("Wave 1", date(2024, 1, 8), date(2024, 2, 16), "done"),)


def test_each_cell_shows_its_number(english: None) -> None:
    assert {"10%", "50%", "100%", "0%", "90%", "·"} <= set(said(draw_heat()))


def test_every_column_bears_its_name(english: None) -> None:
    teams = [f"A team with a long name {number}" for number in range(6)]
    words = said(draw_heat(column_labels=teams, values=[[0.1] * 6, [0.2] * 6], notes={}, links={}))
    assert sum(word.startswith("A team") for word in words) == len(teams)


def test_the_length_of_a_part_is_its_share(english: None) -> None:
    arrived, dropped = (width_of(draw_all()[2], f"f-{tone}")[-1] for tone in ("good", "bad"))
    assert (arrived + 1) / (dropped + 1) == pytest.approx(6711 / 2089, rel=0.01)


def width_of(chart: Chart, css_class: str) -> list[float]:
    """The widths of the rectangles of a tone."""
    paths = [path for path in tree(chart).iter(f"{SVG}path") if path.get("class") == css_class]
    corners = [[float(x) for x, _y in re.findall(r"([\d.]+) ([\d.]+)", path.get("d", ""))] for path in paths]
    return [max(xs) - min(xs) for xs in corners]


@pytest.mark.parametrize("number", range(5))
def test_nothing_is_inline_or_from_elsewhere(english: None, number: int) -> None:
    svg = str(draw_all()[number].svg)
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=|<!DOCTYPE|<\?xml|metadata|xlink", svg)
    assert set(re.findall(r"https?://[^\"<]+", svg)) == {"http://www.w3.org/2000/svg"}


@pytest.mark.parametrize("number", range(5))
def test_a_picture_is_named_and_described(english: None, number: int) -> None:
    chart = draw_all()[number]
    root = tree(chart)
    names = {element.get("id"): element.text for element in root if element.get("id")}
    assert names[root.get("aria-labelledby")] == chart.title
    assert names[root.get("aria-describedby")] == chart.description
    assert root.get("role") == ("group" if chart.links else "img")


def test_several_charts_on_a_page_share_no_id(english: None) -> None:
    ids = [name for chart in draw_all() for name in re.findall(r'\sid="([^"]+)"', str(chart.svg))]
    assert len(ids) == len(set(ids)) == 14


def test_text_takes_the_colour_of_the_page(english: None) -> None:
    texts = list(tree(draw_all()[1]).iter(f"{SVG}text"))
    assert {text.get("fill") for text in texts} == {"currentColor"}


def test_marks_carry_a_theme_class_and_a_colour_for_paper(english: None) -> None:
    marks = [path for path in tree(draw_all()[2]).iter(f"{SVG}path") if path.get("class") == "f-bad"]
    assert {mark.get("fill") for mark in marks} == {"#a3205f"}


def test_a_mark_leads_to_its_rows_and_says_its_value(english: None) -> None:
    chart = draw_heat()
    link = next(tree(chart).iter(f"{SVG}a"))
    assert (link.get("href"), link.get("tabindex")) == ("/teams/1?week=1", "-1")
    assert "South, 1 Jan 2024: 10%" in titles(chart)
    assert "North <b>, 8 Jan 2024: withheld: fewer than 5 people" in titles(chart)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://elsewhere.example/", "//elsewhere.example"])
def test_a_link_to_elsewhere_is_refused(english: None, url: str) -> None:
    with pytest.raises(ValueError, match="inside this application"):
        draw_heat(links={(0, 1): url})


def test_the_same_content_is_drawn_once_with_the_same_bytes(english: None) -> None:
    assert draw_heat() is draw_heat()
    assert str(draw_heat(notes={}).svg) == str(draw_heat(notes={}).svg)


def test_axes_speak_the_readers_language(speaking: SpeaksLanguage) -> None:
    with speaking("de"):
        german = said(draw_all()[3]) + said(draw_heat())
    with speaking("ru"):
        russian = said(draw_all()[3])
    assert "1. Jan." in german and "50\u00a0%" in german and "1 янв." in russian


@pytest.mark.parametrize("label", ["$x$ ^_ \\frac", "\x00\x1b[31m", "名前 😀", "</svg><script>", "a" * 300, ""])
def test_hostile_labels_are_only_words(english: None, label: str) -> None:
    chart = draw_heat(row_labels=[label, "North"])
    assert "<script" not in str(chart.svg)
    assert chart.rows[0][0] == label


def test_nothing_to_draw_is_drawn_as_nothing(english: None) -> None:
    assert draw_heat(row_labels=[], values=[], column_labels=[], notes={}, links={}).rows == ()
    assert bars("t", "d", headings=("a", "b"), labels=[], values=[]).rows == ()
    assert lines("t", "d", heading="Week", days=[], series=[]).rows == ()
    assert gantt("t", "d", heading="Wave", bars=[], today=date(2024, 1, 1)).rows == ()


def test_lines_differ_by_more_than_their_colour(english: None) -> None:
    series = [Line("A", (1, 2, 3), "accent"), Line("B", (2, 3, 4), "watch")]
    root = tree(lines("t", "d", heading="Week", days=WEEKS, series=series))
    dashes = {path.get("class"): path.get("stroke-dasharray") for path in root.iter(f"{SVG}path") if path.get("stroke")}
    assert dashes["s-watch"] != dashes.get("s-accent")


def test_the_table_behind_the_picture_holds_links_and_notes(render: Callable[..., str]) -> None:
    html = render('{% from "parts/chart.html" import chart %}{{ chart(picture) }}', picture=draw_heat())
    assert '<a href="/teams/1?week=1">10%</a>' in html
    assert "withheld: fewer than 5 people</td>" in html
    assert "North &lt;b&gt;</td>" in html


def draw_flow() -> Chart:
    """Two tables; a twentieth of the deals was dropped, no contact was."""
    links = {(0, 2): "/findings?class=dropped"}
    labels, counts = ["deals", "contacts"], [[950, 50], [400, 0]]
    return flow("Flow", "Where they went.", heading="Table", labels=labels, fates=FATES, counts=counts, links=links)


def thickness(chart: Chart, said: str) -> float:
    """How thick the band is that says this, where it leaves its table."""
    band = next(path for path in tree(chart).iter(f"{SVG}path") if said in [t.text for t in path.iter(f"{SVG}title")])
    numbers = [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", str(band.get("d")))]
    leaving = [y for x, y in zip(numbers[::2], numbers[1::2], strict=False) if x == min(numbers[::2])]
    return max(leaving) - min(leaving)


def test_a_band_of_a_flow_is_as_thick_as_its_records_are_many() -> None:
    chart = draw_flow()
    many, few = thickness(chart, "deals, arrived: 950 (95.0%)"), thickness(chart, "contacts, arrived: 400 (100.0%)")
    assert round(many / few, 2) == round(950 / 400, 2)
    assert round(thickness(chart, "deals, dropped: 50 (5.0%)") / many, 2) == round(50 / 950, 2)


def test_a_flow_says_its_sums_and_leads_to_the_rows() -> None:
    chart = draw_flow()
    assert {"deals", "contacts", "arrived 1,350", "dropped 50"} <= set(said(chart))
    assert [a.get("href") for a in tree(chart).iter(f"{SVG}a")] == ["/findings?class=dropped"]
    assert chart.rows == (("deals", 950, 50), ("contacts", 400, 0))


def test_an_estimate_says_its_range_and_too_few_are_said_instead_of_a_figure() -> None:
    chart = draw_all()[-1]
    assert titles(chart) == ["Use: 40% (10% – 70%)"]
    assert chart.rows == (("Use", 0.4, 0.1, 0.7), ("Deals", None, None, None))
    assert {"too few", "Use", "Deals"} <= set(said(chart))


def test_small_multiples_draw_each_week_that_is_shown_and_no_other() -> None:
    picture = draw_multiples()
    assert len(titles(picture)) == 2 + 3 + 3
    assert picture.rows[1] == ("North", WEEKS[1], None, 2) and picture.notes[1, 2] == "withheld"
    assert {"Active days", "A heading of many long words"} <= set(said(picture))


def test_amounts_that_are_all_whole_are_marked_without_cents(english: None) -> None:
    line = Line("Paid", (10_000_00, 20_000_00, 40_000_00))
    picture = lines("t", "d", heading="Week", days=WEEKS, series=[line], kind="money")
    assert {"€20,000", "€40,000"} <= set(said(picture)) and not any(".00" in words for words in said(picture))
    money = bars("t", "d", headings=("a", "b"), labels=["A", "B"], values=[500, 720], kind="money")
    assert {"€5.00", "€7.20"} <= set(said(money))


def test_marks_are_as_exact_as_their_steps(english: None) -> None:
    assert say_marks([0, 0.025, 0.05], "share") == ["0.0%", "2.5%", "5.0%"]
    assert say_marks([0, 0.2, 0.4], "share") == ["0%", "20%", "40%"]
    assert say_marks([0.0, 0.25, 0.5], "number") == ["0.00", "0.25", "0.50"]
    assert find_marks(0, 2, "number", (0, 1, 2)) == [0, 1, 2]


def test_names_of_lines_stand_whole_within_the_picture(english: None) -> None:
    long = "bought something within the year before the export was made"
    series = [Line(long, (1, 2, 3)), Line("clients", (1, 2, 3))]
    picture = lines("t", "d", heading="Week", days=WEEKS, series=series)
    assert not any("…" in words for words in said(picture))
    left = [text for text in tree(picture).iter(f"{SVG}text") if not text.get("text-anchor")]
    ends = [float(text.get("x", "0")) + text_width(str(text.text)) for text in left]
    assert max(ends) <= float(str(tree(picture).get("width")))


def test_lone_values_are_bars_and_not_dots_in_an_empty_field(english: None) -> None:
    series = [Line("new", (4, None)), Line("gone", (2, None), "bad")]
    picture = lines("t", "d", heading="Month", step="month", days=WEEKS[:2], series=series)
    assert {"new, January 2024", "gone, January 2024", "4", "2"} <= set(said(picture))
    assert titles(picture) == ["new, January 2024: 4", "gone, January 2024: 2"]
    assert picture.rows[0] == (WEEKS[0], 4, 2)


def test_a_long_name_of_a_step_stands_on_two_lines(english: None) -> None:
    name = "A free or a cheap edition has been tried out by somebody of the firm"
    plan = [Bar(name, date(2024, 1, 8), date(2024, 2, 16))]
    assert name in " ".join(said(gantt("t", "d", heading="Step", bars=plan, today=date(2024, 1, 20))))
