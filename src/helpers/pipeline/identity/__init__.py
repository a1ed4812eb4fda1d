"""What a report is made from, and whether the one that is there was made from just that."""
