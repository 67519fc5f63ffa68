"""What is typed into the adoption room, by subject."""

from implement.stages.adoption.forms.imports import (
    DecisionForm,
    SeveralFilesInput,
    TablesForm,
    UsageFilesForm,
    make_tables_form,
    offer,
)

__all__ = ["DecisionForm", "SeveralFilesInput", "TablesForm", "UsageFilesForm", "make_tables_form", "offer"]
