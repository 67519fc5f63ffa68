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
from implement.stages.specification.tables.structure import (
    PartRequirement,
    PlannedField,
    PlannedObject,
    PlannedPart,
    PlannedRight,
    PlannedRole,
    PlannedStage,
    TypingNorm,
)

__all__ = [
    "ChoiceNeeds",
    "CriterionWeight",
    "ExpectedGain",
    "OwnCatalogue",
    "PartRequirement",
    "PlannedField",
    "PlannedObject",
    "PlannedPart",
    "PlannedRight",
    "PlannedRole",
    "PlannedStage",
    "Requirement",
    "RequirementCriterion",
    "RequirementOrigin",
    "SystemDecision",
    "SystemLevel",
    "TypingNorm",
]
