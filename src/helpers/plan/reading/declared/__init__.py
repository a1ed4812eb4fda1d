"""Read a plan's declarations beyond statuses from plan.toml and measures.csv."""
