"""The five stages of a rollout, in order, as every door names them."""

from enum import StrEnum


class Stage(StrEnum):
    """A stage of the rollout (the five-stage therapy of the demand list)."""

    AUDIT = "audit"
    SPECIFICATION = "specification"
    PILOT = "pilot"
    TRANSFER = "transfer"
    ADOPTION = "adoption"

    @property
    def earlier(self) -> tuple["Stage", ...]:
        """The stages before this one."""
        stages = tuple(Stage)
        return stages[: stages.index(self)]
