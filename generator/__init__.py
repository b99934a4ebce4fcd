"""Workshop Kit: one source of YAML and Markdown becomes a website and printed booklets.

Read `build.py` first: it is the program. `docs/architecture.md` draws the floors.
"""

__version__ = "0.1.0"
