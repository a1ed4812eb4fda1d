"""What the report says, in the document's order: tables, charts, sentences, origins, published figures."""
