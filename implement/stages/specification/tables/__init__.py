"""What the specification room keeps, by subject."""

from implement.stages.specification.tables.requirements import Requirement, RequirementOrigin

__all__ = ["Requirement", "RequirementOrigin"]
