"""Time: minutes and people; no text, no files."""
