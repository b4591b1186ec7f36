"""What loaders keep of a document: made documents of which every paragraph is known, read by the desk and by others.

``making`` makes the documents (they lie, with what they say, in tests/documents/made); ``score`` compares what was read
with what was written; ``peers`` runs other loaders in an environment of their own, and ``pieces`` cuts their text into
paragraphs. ``python -m benchmarks loaders`` prints the tables.
"""

from benchmarks.loaders.run import main

__all__ = ["main"]
