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
from implement.stages.specification.tables.cost import (
    CallDemand,
    ExchangeLine,
    FirmFigure,
    Offer,
    OfferFigure,
    SavingLine,
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
    "CallDemand",
    "ChoiceNeeds",
    "CriterionWeight",
    "ExchangeLine",
    "ExpectedGain",
    "FirmFigure",
    "Offer",
    "OfferFigure",
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
    "SavingLine",
    "SystemDecision",
    "SystemLevel",
    "TypingNorm",
]
