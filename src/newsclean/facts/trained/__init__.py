"""What training/ writes for this room."""
