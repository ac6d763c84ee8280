import numpy as np

from revanim.scene.looks.gradient import gradient


def test_the_stops_are_met_exactly() -> None:
    assert gradient("#102030 #ff8000 #ffffff", [0.0, 0.5, 1.0]).tolist() == [[16, 32, 48], [255, 128, 0], [255] * 3]


def test_light_is_mixed_and_not_its_codes() -> None:
    assert gradient("#000000 #ffffff", 0.5).tolist() == [[180, 180, 180]]  # half the light, with gamma 2


def test_a_gradient_never_turns_back() -> None:
    ramp = gradient("#000000 #404040 #ffffff", np.linspace(0, 1, 100)).astype(int)
    assert (np.diff(ramp, axis=0) >= 0).all()
