"""The lessons that come with the product: by function, with steps and a quiz (M27, M108)."""

from dataclasses import dataclass
from pathlib import Path

from implement.engine.checklist.sheet import Entry, raise_faults, read_sheet_file
from implement.engine.checklist.text import Text

LONGEST_DAYS = 90
FEWEST_OPTIONS = 2


@dataclass(frozen=True)
class LessonQuestion:
    """A question of a quiz; `right` is the place of the right option, from 1."""

    text: Text
    options: tuple[Text, ...]
    right: int


@dataclass(frozen=True)
class LessonTemplate:
    """A lesson: until how many days after somebody begins it is due, and which share of the quiz must be right."""

    id: str
    demands: tuple[str, ...]
    function: str
    days: int
    pass_percent: int
    title: Text
    text: Text
    steps: tuple[Text, ...]
    questions: tuple[LessonQuestion, ...]


@dataclass(frozen=True)
class LessonBook:
    """The functions of a CRM in their order, by id, and the lessons."""

    functions: dict[str, Text]
    lessons: tuple[LessonTemplate, ...]


def load_lessons(path: Path) -> LessonBook:
    """Read functions and lessons; raises UnusableSheet with every fault."""
    sheet = read_sheet_file(path)
    sheet.id()
    sheet.word("version")
    functions = dict(_read_function(entry) for entry in sheet.entries("functions"))
    lessons = tuple(_read_lesson(entry, functions) for entry in sheet.entries("lessons"))
    sheet.finish()
    raise_faults(sheet)
    return LessonBook(functions, lessons)


def _read_function(entry: Entry) -> tuple[str, Text]:
    found = entry.begin(), entry.text("title")
    entry.finish()
    return found


def _read_lesson(entry: Entry, functions: dict[str, Text]) -> LessonTemplate:
    lesson = LessonTemplate(
        id=entry.begin(),
        demands=entry.demands(),
        function=entry.one_of("function", functions or ("",)),
        days=entry.whole("days", 1, LONGEST_DAYS),
        pass_percent=entry.whole("pass_percent", 1, 100),
        title=entry.text("title"),
        text=entry.text("text"),
        steps=entry.texts("steps"),
        questions=tuple(_read_question(each) for each in entry.entries("questions")),
    )
    entry.finish()
    return lesson


def _read_question(entry: Entry) -> LessonQuestion:
    options = entry.texts("options")
    if len(options) < FEWEST_OPTIONS:
        entry.fault("options", "empty")
    question = LessonQuestion(entry.text("text"), options, entry.whole("right", 1, max(1, len(options))))
    entry.finish()
    return question
