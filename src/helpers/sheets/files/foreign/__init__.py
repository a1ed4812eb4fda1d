"""Files that are no sheets, whatever they are called: known by their contents, each with the way to a sheet."""
