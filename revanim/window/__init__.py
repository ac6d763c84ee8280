"""What is seen and touched: the only room with widgets."""
