"""Organizations: people and places, positions, roles and reach, registers, the journal."""
