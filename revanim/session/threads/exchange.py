"""How much energy a motion turns over: what its drift is measured against.

The energy itself is no measure, since anybody may choose its zero: a cloth at rest has none, and any drift beside none
is endless.
"""

from dataclasses import dataclass

SURE = 1e-6  # of the energy itself: a sum of so many terms is not known much better than to a billionth of this


@dataclass(frozen=True)
class Exchange:
    """The most that moved, and between which bounds the potential energy lay, as far as a motion was walked."""

    home: float  # the energy at home
    kinetic: float
    low: float  # potential
    high: float

    @property
    def amount(self) -> float:
        """How much was turned over: kinetic energy, whichever its sign, and the spread of the potential one."""
        return self.kinetic + self.high - self.low + SURE * abs(self.home)

    def drift(self, gain: float) -> float:
        """Return a gain of energy as a share of what is turned over; 0 where nothing is."""
        return gain / self.amount if self.amount else 0.0


def begun(kinetic: float, potential: float) -> Exchange:
    """Return the exchange of a motion that stands at home."""
    return Exchange(kinetic + potential, abs(kinetic), potential, potential)


def widened(exchange: Exchange, kinetic: float, potential: float) -> Exchange:
    """Return an exchange that has seen one more frame."""
    low, high = min(exchange.low, potential), max(exchange.high, potential)
    return Exchange(exchange.home, max(exchange.kinetic, abs(kinetic)), low, high)
