"""Survey tools whose responses come as JSON: one module each, with the shape it knows."""
