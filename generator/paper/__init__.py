"""The paper: a kit becomes documents, and Typst prints them."""
