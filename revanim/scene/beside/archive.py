"""What another process runs to read an archive of rebound: a damaged one can end it.

It is given the path, how many seconds and bytes it may take, and the number of the snapshot. It prints a line of facts
as JSON, and behind it float64[n, 7]: mass, place and speed of each particle.
"""

import json
import sys

from revanim.scene.beside.process import confined


def main(path: str, seconds: int, room: int, snapshot: int) -> None:
    """Print one snapshot of an archive, or only how many there are where it has no such number."""
    out = confined(seconds, room)
    import numpy as np
    import rebound

    archive = rebound.Simulationarchive(path)
    facts: dict[str, object] = {"snapshots": len(archive)}
    rows = np.zeros((0, 7))
    if -len(archive) <= snapshot < len(archive):
        one = archive[snapshot]
        # Before version 5 the particles of variations came behind the real ones.
        count = one.N if hasattr(one, "particles_var") else one.N - one.N_var
        mass, place, speed = np.zeros(one.N), np.zeros((one.N, 3)), np.zeros((one.N, 3))
        one.serialize_particle_data(m=mass, xyz=place, vxvyvz=speed)
        rows = np.column_stack([mass, place, speed])[:count]
        active = one.N_active if 0 <= one.N_active < count else count
        facts |= {"G": one.G, "softening": one.softening, "active": active, "type": one.testparticle_type}
        facts |= {"pulls": one.gravity != "none", "count": count}
    out.write(json.dumps(facts).encode() + b"\n" + rows.astype("<f8").tobytes())
    out.close()


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:5]))
