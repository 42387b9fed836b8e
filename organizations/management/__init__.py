"""Commands of the registers and the journal."""
