"""Selection → kept blocks: what decides after the voters."""
