"""The tools that set the project up, run it and test it. They need nothing but Python itself."""
