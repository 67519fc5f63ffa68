"""Which target table holds what a source table held."""

from collections.abc import Mapping, Sequence

from implement.engine.mapping.assignment import pair_off
from implement.engine.mapping.columns import Evidence, weigh_columns
from implement.engine.mapping.names import name_similarity
from implement.engine.mapping.overlap import telling
from implement.engine.mapping.settings import MappingSettings
from implement.engine.mapping.table_profile import TableProfile

Evidences = Mapping[tuple[str, str], Evidence]


def match_tables(
    sources: Sequence[TableProfile], targets: Sequence[TableProfile], settings: MappingSettings
) -> tuple[dict[str, str], dict[str, float]]:
    """Pair source with target tables; returns the pairs and how sure each is."""
    scores = {
        (source.table.name, target.table.name): score_tables(source, target) for source in sources for target in targets
    }
    least = 0.05 if len(sources) == 1 and len(targets) == 1 else settings.table_score
    pairs = pair_off(scores, least)
    return pairs, {source: round(min(1.0, scores[source, target]), 3) for source, target in pairs.items()}


def score_tables(source: TableProfile, target: TableProfile) -> float:
    """Compare two tables by name and by how many of their columns find a counterpart."""
    names = name_similarity(source.table.name, target.table.name)
    evidence = weigh_columns(source, target, None)
    pairs = pair_off({pair: one.score for pair, one in evidence.items()}, 0.3)
    weights = {name: 0.5 + telling(column, source) / 8 for name, column in source.columns.items()}
    others = {name: 0.5 + telling(column, target) / 8 for name, column in target.columns.items()}
    gained = sum(evidence[pair].score * evidence_of_values(evidence[pair]) * weights[pair[0]] for pair in pairs.items())
    gained_other = sum(evidence[p].score * evidence_of_values(evidence[p]) * others[p[1]] for p in pairs.items())
    columns = max(gained / sum(weights.values()), gained_other / max(0.1, sum(others.values()))) if pairs else 0.0
    return 0.25 * names + 0.75 * columns


def evidence_of_values(evidence: Evidence) -> float:
    """How much a pair of columns counts for its tables: values weigh more than names."""
    return 0.4 + 0.6 * evidence.values
