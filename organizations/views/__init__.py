"""Pages of the registers, of invitations, and the switch of the standpoint."""
