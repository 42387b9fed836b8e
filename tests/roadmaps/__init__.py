"""Tests of the roadmaps app."""
