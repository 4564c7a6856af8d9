"""The shipped line scorer: generated trees and token weights (`python -m training.lines`)."""
