"""What is held against what: the readers of published pages and PDFs, shared with nothing that writes them."""
