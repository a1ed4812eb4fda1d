"""Files that others open: the same bytes for the same contents, and text that stays text."""
