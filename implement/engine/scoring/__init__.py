"""Scores: usage and dormancy of everybody in a rollout, and the files they are handed out in."""

from implement.engine.scoring.listing import REASON_COLUMNS, SCORE_COLUMNS, list_reasons, list_scores
from implement.engine.scoring.people import DEFAULT_SCORING, SCORE_NOTES, Scoring, ScoringSettings, UserScore, score

__all__ = [
    "DEFAULT_SCORING",
    "REASON_COLUMNS",
    "SCORE_COLUMNS",
    "SCORE_NOTES",
    "Scoring",
    "ScoringSettings",
    "UserScore",
    "list_reasons",
    "list_scores",
    "score",
]
