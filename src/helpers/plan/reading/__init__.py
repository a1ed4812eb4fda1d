"""A plan's folder, read and checked: ``plan.toml`` and ``items.csv``."""
