"""What a plan declares beyond statuses: texts, measures with targets, effects in money, judgements, cards."""
