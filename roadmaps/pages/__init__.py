"""What pages show: plain data made from sheets and findings, so that templates only lay it out."""
