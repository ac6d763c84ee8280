"""Values that change over the frames: which of their keys are selected, and what a person does with them."""
