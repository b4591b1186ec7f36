"""Measures what the README says: each module prints one table. ``python -m benchmarks`` runs them all."""
