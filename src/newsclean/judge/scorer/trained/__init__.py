"""The trained model as data and generated code; `python -m training` writes everything here but this file."""
