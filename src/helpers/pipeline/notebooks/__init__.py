"""Running one notebook: a private copy of its inputs, a kernel of its own, limits on what it may do."""
