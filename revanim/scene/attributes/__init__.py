"""What bodies can be coloured by."""
