"""From texts to vectors."""

import os

# onnxruntime 1.32 keeps a device id and a log in the user's cache folder unless told otherwise before it is imported;
# the desk writes to its own folder only, and tells nobody anything.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
