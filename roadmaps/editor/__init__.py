"""What the grid of a draft sends and is told: edits in a closed language, tables pasted from elsewhere. Plain Python."""
