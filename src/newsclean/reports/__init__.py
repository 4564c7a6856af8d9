"""The lines that `--report` writes → what a run came to, or what changed from one run to another."""
