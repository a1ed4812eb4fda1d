"""Read back and count again what a plan declares beyond statuses: targets, effects, judgements, their cells."""
