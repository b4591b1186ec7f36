"""From a question to evidence: the index, and the search in it."""

import os

# The products are small, and threads cost more than they save: with another process on the same two cores a question
# took three times as long. Must be set before NumPy is loaded; a number that is set outside stands.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
