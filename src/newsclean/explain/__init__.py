"""Article → its explanation, block by block: lines, a JSON object, an HTML report, the list of what was taken out.

Works on verdicts and the document alone: no page, no tree, no decision of its own.
"""
