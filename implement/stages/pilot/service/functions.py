"""The functions of the CRM that lessons, questions and showings name: the product's, and those that are planned."""

from functools import lru_cache
from pathlib import Path

from implement.engine.checklist.lessons import LessonBook, load_lessons
from implement.stages.specification.service.structure import list_parts

LESSONS = Path(__file__).parents[4] / "checklists/lessons.yaml"
OTHER = "function.other"


@lru_cache(maxsize=1)
def read_book() -> LessonBook:
    """The lessons and functions that come with the product."""
    return load_lessons(LESSONS)


def list_functions(rollout_id: int, language: str) -> dict[str, str]:
    """Every function by its key, in the reader's language; what is planned stands before the rest."""
    shipped = {key: text.in_language(language) for key, text in read_book().functions.items()}
    planned = {f"part:{part.id}": part.name for part in list_parts(rollout_id) if part.kind == "function"}
    other = shipped.pop(OTHER)
    return {**shipped, **planned, OTHER: other}
