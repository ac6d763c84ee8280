"""What happens at a hard plane: bouncing, rubbing and resting, exactly and with gradients."""
