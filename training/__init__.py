"""Labels, training, evaluation and export of the scorers. Imports newsclean, never the reverse; not in the wheel."""
