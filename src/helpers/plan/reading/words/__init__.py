"""Read the words of a plan: policies with their names by year, and the words of tables."""
