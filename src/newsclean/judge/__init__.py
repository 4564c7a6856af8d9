"""Page → Selection: who votes on the blocks, and which of them are article."""
