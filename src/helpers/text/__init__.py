"""Japanese text and its looks: characters, widths, fonts, natural order, HTML from values."""
