"""Document model → output: markdown.py, plain.py, html.py, json.py. No lxml, no bs4, no files."""
