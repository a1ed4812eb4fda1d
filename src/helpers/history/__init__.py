"""What is known of a plan year by year: the sheets of its years, counts, courses, movements."""
