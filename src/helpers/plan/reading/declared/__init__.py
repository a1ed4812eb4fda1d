"""What a plan declares beyond statuses, read from plan.toml and measures.csv."""
