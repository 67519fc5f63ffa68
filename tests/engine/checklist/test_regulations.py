"""Templates of regulations: complete, in four languages, without fines."""

import pytest

from implement.engine.checklist import LANGUAGES, RegulationTemplate, load_regulation
from tests.engine.checklist.builders import CHECKLISTS

TEMPLATES = [load_regulation(path) for path in sorted((CHECKLISTS / "regulations").glob("*.yaml"))]
MEETINGS, USAGE = TEMPLATES


def demands_of(template: RegulationTemplate) -> set[str]:
    return {demand for clause in template.clauses for demand in clause.demands}


def test_meetings_name_frequency_time_participants_documents_and_topics() -> None:  # M116, M118, M119, M120
    assert {"M116", "M118", "M119", "M120"} <= demands_of(MEETINGS)
    names = {clause.id.rpartition(".")[2] for clause in MEETINGS.clauses}
    assert {"weekly_time", "weekly_participants", "weekly_documents", "weekly_topics", "daily_time"} <= names


def test_use_says_when_how_and_which_reports() -> None:  # M108, M113, M114
    assert {"M108", "M113", "M114"} <= demands_of(USAGE)
    assert [group.id for group in USAGE.groups][:3] == ["when", "how", "reports"]


def test_no_consequence_reaches_base_pay() -> None:  # M114, M126
    (clause,) = [one for one in USAGE.clauses if one.id == "regulation.usage.variable_only"]
    assert "Base pay is not touched; fines are not levied." in clause.text.en


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
def test_the_text_numbers_every_clause(template: RegulationTemplate, language: str) -> None:
    text = template.write(language)
    assert text.count("\n\n") == len(template.clauses) + len(template.groups)
    assert "\n\n2.1 " in text
    assert text.count("[") == text.count("]") > 0


def test_blanks_are_filled_in_their_order_and_the_note_about_them_goes() -> None:  # M120
    asked = [what for _clause, what in MEETINGS.list_blanks("en")]
    assert asked[:4] == ["weekday", "hour", "hour", "place"]
    text = MEETINGS.write("en", [f"<{number}>" for number in range(len(asked))])
    assert "every <0> from <1> to <2> in <3>." in text and "[" not in text
    assert text.startswith("1. Purpose")
    assert "every <0> from [hour]" in MEETINGS.write("en", ["<0>", " "])


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
def test_every_language_asks_for_as_many_words(template: RegulationTemplate) -> None:
    assert len({len(template.list_blanks(language)) for language in LANGUAGES}) == 1
