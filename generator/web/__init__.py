"""The screen: a kit becomes Markdown pages and data. Knows no MkDocs."""
