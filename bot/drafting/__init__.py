"""Proposes a coverage map and known questions for a document that has none, for a person to confirm."""
