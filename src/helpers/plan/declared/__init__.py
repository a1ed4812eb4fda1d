"""A plan's declarations beyond statuses: texts, measures with targets, effects in money, judgements, cards."""
