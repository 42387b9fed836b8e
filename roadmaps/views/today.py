"""«Today»: what waits for the reader, the week's deadlines, the plans below."""
