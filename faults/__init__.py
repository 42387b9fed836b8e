"""What holds when machines die and people attack: full-size runs, on this machine only. Run `make faults`."""
