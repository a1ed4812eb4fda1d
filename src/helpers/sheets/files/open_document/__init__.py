"""Parts of OpenDocument files: what the XML of a cell shows, and the names of its tags."""
