"""What tables of other tools hold: lines of cells, units, and the bodies of astronomers."""
