"""Measures how well a desk answers: labelled questions in, figures and reports out."""
