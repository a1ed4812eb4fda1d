"""The contents of the report, in the document's order: tables, charts, sentences, origins, published figures."""
