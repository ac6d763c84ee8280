"""What slows bodies down toward the speed of a medium: the law, and the winds it is made for."""
