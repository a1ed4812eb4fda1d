"""Read and check what a plan declares beyond statuses: texts, measures, effects, judgements, votes."""
