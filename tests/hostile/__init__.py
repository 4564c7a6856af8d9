"""Hostile inputs, what no output may hold, and how long and large a conversion of them may be.

`python -m tests.hostile.torture` runs all of them at full size; the tests here run them small.
"""
