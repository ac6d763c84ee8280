"""Cards over the picture that ask where bodies or a pose come from; the scene plays on behind them."""
