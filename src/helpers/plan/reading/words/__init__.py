"""Read the words of a plan: policies and their names by year, what tables call things."""
