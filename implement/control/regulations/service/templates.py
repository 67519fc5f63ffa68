"""The templates of regulations that come with the product (M108, M113–M120)."""

from functools import cache
from pathlib import Path

from implement.engine.checklist import RegulationTemplate, load_regulation
from implement.rollout.service.errors import NotFound
from implement.web.texts import lazy

TEMPLATES = Path(__file__).parents[4] / "checklists/regulations"


@cache
def list_templates() -> tuple[RegulationTemplate, ...]:
    """The templates to begin from, read once: they come with the product and never change while it runs."""
    return tuple(load_regulation(path) for path in sorted(TEMPLATES.glob("*.yaml")))


def get_template(place: int) -> RegulationTemplate:
    """The template at a place of the list, from 1."""
    templates = list_templates()
    if not 1 <= place <= len(templates):
        raise NotFound(lazy("There is no such template."))
    return templates[place - 1]
