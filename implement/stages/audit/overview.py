"""All answers side by side, and the invented picture that shows what an audit will give."""

from dataclasses import dataclass

from implement.engine.checklist import Pack
from implement.engine.checklist.pack import HIGHEST_LEVEL
from implement.stages.audit.screen import Answers, Said, number_of
from implement.stages.audit.service.evidence import EvidenceRow
from implement.web.charts import Chart, bars
from implement.web.texts import _, language


@dataclass(frozen=True)
class AskedQuestion:
    """One question with what everybody said to it."""

    number: int
    label: str
    text: str
    said: tuple[Said, ...]
    files: tuple[EvidenceRow, ...]
    is_disputed: bool


@dataclass(frozen=True)
class Sheet:
    """A section with its questions."""

    position: int
    title: str
    questions: tuple[AskedQuestion, ...]


def write_sheets(pack: Pack, answers: Answers, *, only: str) -> list[Sheet]:
    """Every section with its questions and answers, or only those on which people contradict each other."""
    sheets = []
    for position, section in enumerate(pack.sections, 1):
        asked = tuple(
            AskedQuestion(
                number=number_of(pack, item),
                label=item.label.in_language(language()),
                text=item.text.in_language(language()),
                said=answers.of_question(item),
                files=tuple(one for one in answers.files if one.item_id == item.id),
                is_disputed=item.id in answers.disputed,
            )
            for item in section.items
            if not only or item.id in answers.disputed
        )
        if asked:
            sheets.append(Sheet(position, section.title.in_language(language()), asked))
    return sheets


def draw_example() -> Chart:
    """Invented levels of maturity, for the page of an audit that has not begun."""
    titles = (_("Purpose and need"), _("Who carries it"), _("Requests and losses"), _("Customer records"))
    return bars(
        _("Maturity by section"),
        _("From 0 (absent) to 4 (exemplary)."),
        headings=(_("Section"), _("Maturity, 0 to 4")),
        labels=titles,
        values=(3, 2, 1, 2),
        tones=("good", "good", "watch", "good"),
        full=HIGHEST_LEVEL,
    )
