"""What crosses the border of this computer."""
