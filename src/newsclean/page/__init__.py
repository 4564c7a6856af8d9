"""bytes → Page: what was read, decoded, told by its content, and cut into numbered blocks."""
