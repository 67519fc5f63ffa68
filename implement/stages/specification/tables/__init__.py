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
from implement.stages.specification.tables.plan import PlanStep, RolloutPlan
from implement.stages.specification.tables.requirements import Requirement, RequirementOrigin
from implement.stages.specification.tables.risks import CrmBackup, MandateLine, Risk, TeamPart, ThirdParty
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
from implement.stages.specification.tables.terms import TermsVersion

__all__ = [
    "CallDemand",
    "ChoiceNeeds",
    "CriterionWeight",
    "CrmBackup",
    "ExchangeLine",
    "ExpectedGain",
    "FirmFigure",
    "MandateLine",
    "Offer",
    "OfferFigure",
    "OwnCatalogue",
    "PartRequirement",
    "PlanStep",
    "PlannedField",
    "PlannedObject",
    "PlannedPart",
    "PlannedRight",
    "PlannedRole",
    "PlannedStage",
    "Requirement",
    "RequirementCriterion",
    "RequirementOrigin",
    "Risk",
    "RolloutPlan",
    "SavingLine",
    "SystemDecision",
    "SystemLevel",
    "TeamPart",
    "TermsVersion",
    "ThirdParty",
    "TypingNorm",
]
