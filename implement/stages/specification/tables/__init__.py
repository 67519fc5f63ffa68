"""What the specification room keeps, by subject."""

from implement.stages.specification.tables.choice import (
    ChoiceNeeds,
    CriterionWeight,
    ExpectedGain,
    OwnCatalogue,
    RequirementCriterion,
    SystemDecision,
    SystemLevel,
)
from implement.stages.specification.tables.requirements import Requirement, RequirementOrigin

__all__ = [
    "ChoiceNeeds",
    "CriterionWeight",
    "ExpectedGain",
    "OwnCatalogue",
    "Requirement",
    "RequirementCriterion",
    "RequirementOrigin",
    "SystemDecision",
    "SystemLevel",
]
