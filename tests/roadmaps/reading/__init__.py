"""Tests of reading plans from files."""
