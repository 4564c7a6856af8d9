"""What `newsclean rules` does: a proposed rule, what rules say and match, the cases that prove them. Knows no click."""
