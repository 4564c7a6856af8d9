"""Many inputs at once: `many.py` is the door. Nothing is imported here, so that one page starts no worker machinery."""
