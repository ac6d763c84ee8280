"""How a scene is dressed: looks to begin with, first colours, and a sample of both."""
