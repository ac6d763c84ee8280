"""The same bits on every processor: chaotic scenes would turn the last bit of one force into another picture.

After a change that is meant to change bits: python tests/engine/test_golden_digests.py > tests/golden/digests.json
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import revanim as ra
from revanim.engine.scheme import schemes

PINNED = Path(__file__).parents[1] / "golden" / "digests.json"
CHAOTIC = ("crystal", "fan", "galaxy-collision")

# The plainest of its family, without wide vectors and fused multiplication, is tried in test_precompiled.py.
PROCESSORS = {"this one": {}, "this one, on one thread": {"NUMBA_NUM_THREADS": "1"}}


def walk_gallery() -> dict[str, str]:
    """Return digests at home and at the end of three scenes, and after five steps by every scheme."""
    digests = {}
    for name in CHAOTIC:
        scene = ra.example(name)
        playhead = ra.Playhead(scene)
        digests[f"{name} at home"] = playhead.digest()
        playhead.seek(scene.timing.last)
        digests[f"{name} at frame {scene.timing.last}"] = playhead.digest()
    for scheme in schemes():
        playhead = ra.Playhead(ra.edits.set_scheme(ra.example("crystal"), scheme))
        playhead.step(5)
        digests[f"crystal after 5 steps of {scheme}"] = playhead.digest()
    return digests


@pytest.mark.parametrize("processor", PROCESSORS)
def test_chaotic_scenes_have_the_pinned_bits_on_every_processor(processor: str) -> None:
    environment = {**os.environ, **PROCESSORS[processor]}
    walked = subprocess.run([sys.executable, __file__], env=environment, capture_output=True, text=True, check=True)
    assert json.loads(walked.stdout) == json.loads(PINNED.read_text(encoding="utf-8"))


if __name__ == "__main__":
    print(json.dumps(walk_gallery(), indent=1))
