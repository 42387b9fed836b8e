"""Roadmaps: plans that cascade from a ministry to its schools, their editions, links, findings and import."""
