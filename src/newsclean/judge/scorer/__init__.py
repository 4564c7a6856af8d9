"""The trained scorer: Page → Ballot. Its door is `score.py`, not imported here: training loads the columns alone."""
