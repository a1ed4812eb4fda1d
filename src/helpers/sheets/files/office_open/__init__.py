"""The parts of an xlsx: how they lead to each other, and what they say of the cells."""
