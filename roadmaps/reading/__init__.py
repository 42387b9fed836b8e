"""Reading plans from Word and Excel files; plain Python, nothing is saved."""
