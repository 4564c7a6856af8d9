"""Page → Metadata: what is known about the article besides its body, and where it was found."""
