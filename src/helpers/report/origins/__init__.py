"""Where the numbers come from: from a count to its items, file and cell."""
