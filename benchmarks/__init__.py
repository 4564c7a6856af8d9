"""Measures newsclean on the development corpora: quality, speed, round trip. Not shipped in the wheel."""
