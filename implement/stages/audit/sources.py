"""Pages from which findings are made: what they are called and where they are, by the first part of `thing:id`."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for
from flask_babel.speaklater import LazyString

from implement.web.texts import lazy


@dataclass(frozen=True)
class SourcePage:
    """A page that findings come from; `argument` is the part of its address that takes the id, empty without one."""

    label: LazyString
    endpoint: str
    argument: str = ""


SOURCE_PAGES: Mapping[str, SourcePage] = {
    "workflow": SourcePage(lazy("Workflow"), "audit_workflows.show_workflow", "workflow_id"),
    "losses": SourcePage(lazy("Loss map"), "audit_losses.show_losses"),
}


def find_source(source: str | None, rollout_id: int) -> tuple[str, str]:
    """The name and the address of what a finding was made from; empty where it was written by hand."""
    thing, _colon, thing_id = (source or "").partition(":")
    page = SOURCE_PAGES.get(thing)
    if page is None:
        return "", ""
    terms = {"rollout_id": rollout_id, **({page.argument: int(thing_id)} if page.argument else {})}
    return str(page.label), url_for(page.endpoint, **terms)  # type: ignore[arg-type]
