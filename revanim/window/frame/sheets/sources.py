"""The science that revanim stands on: what for, where it was published, and where it can be read."""

from dataclasses import dataclass

from revanim.sentence import N_


@dataclass(frozen=True)
class Source:
    """A paper, a report or a book; `address` leads to it."""

    authors: str
    title: str
    where: str
    address: str


DOI = "https://doi.org/"
SOURCES: dict[str, tuple[Source, ...]] = {
    N_("Exact return"): (
        Source(
            "J. Stam", "An Exact Bitwise Reversible Integrator", "arXiv, 2022", "https://arxiv.org/abs/2207.07695"
        ),
        Source(
            "H. Rein and D. Tamayo", "JANUS: a bit-wise reversible integrator for N-body dynamics",
            "Monthly Notices of the Royal Astronomical Society 473, 2018", "https://arxiv.org/abs/1704.07715",
        ),
        Source(
            "D. Levesque and L. Verlet", "Molecular dynamics and time reversibility",
            "Journal of Statistical Physics 72, 1993", "",
        ),
    ),
    N_("Losses, exactly"): (
        Source(
            "R. Landauer", "Irreversibility and Heat Generation in the Computing Process",
            "IBM Journal of Research and Development 5, 1961", DOI + "10.1147/rd.53.0183",
        ),
        Source(
            "C. H. Bennett", "Logical Reversibility of Computation",
            "IBM Journal of Research and Development 17, 1973", DOI + "10.1147/rd.176.0525",
        ),
        Source(
            "D. Maclaurin, D. Duvenaud and R. P. Adams",
            "Gradient-based Hyperparameter Optimization through Reversible Learning",
            "International Conference on Machine Learning, 2015", "https://arxiv.org/abs/1502.03492",
        ),
    ),
    N_("Fluids"): (
        Source(
            "R. Krasny", "Desingularization of Periodic Vortex Sheet Roll-up",
            "Journal of Computational Physics 65, 1986", DOI + "10.1016/0021-9991(86)90210-X",
        ),
        Source(
            "M. Tao", "Explicit symplectic approximation of nonseparable Hamiltonians",
            "Physical Review E 94, 2016", DOI + "10.1103/PhysRevE.94.043303",
        ),
    ),
    N_("Hitting keyframes"): (
        Source(
            "A. Treuille, A. McNamara, Z. Popović and J. Stam", "Keyframe Control of Smoke Simulations",
            "ACM Transactions on Graphics 22, 2003", DOI + "10.1145/882262.882337",
        ),
        Source(
            "C. Wojtan, P. J. Mucha and G. Turk",
            "Keyframe Control of Complex Particle Systems Using the Adjoint Method",
            "Symposium on Computer Animation, 2006",
            "http://pub.ist.ac.at/group_wojtan/projects/adjoint_particles/adjoint_particles.html",
        ),
        Source(
            "H. G. Bock and K. J. Plitt",
            "A Multiple Shooting Algorithm for Direct Solution of Optimal Control Problems",
            "IFAC Proceedings 17, 1984", DOI + "10.1016/S1474-6670(17)61205-9",
        ),
    ),
    N_("Descent"): (
        Source(
            "D. C. Liu and J. Nocedal", "On the limited memory BFGS method for large scale optimization",
            "Mathematical Programming 45, 1989", DOI + "10.1007/BF01589116",
        ),
        Source(
            "D. W. Marquardt", "An Algorithm for Least-Squares Estimation of Nonlinear Parameters",
            "Journal of the Society for Industrial and Applied Mathematics 11, 1963", DOI + "10.1137/0111030",
        ),
        Source(
            "M. K. Transtrum and J. P. Sethna",
            "Geodesic acceleration and the small-curvature approximation for nonlinear least squares",
            "arXiv, 2012", "https://arxiv.org/abs/1207.4999",
        ),
    ),
    "Who goes where": (
        Source(
            "D. P. Bertsekas",
            "The auction algorithm: A distributed relaxation method for the assignment problem",
            "Annals of Operations Research 14, 1988", DOI + "10.1007/BF02186476",
        ),
        Source(
            "R. Jonker and A. Volgenant",
            "A Shortest Augmenting Path Algorithm for Dense and Sparse Linear Assignment Problems",
            "Computing 38, 1987", DOI + "10.1007/BF02278710",
        ),
    ),
    N_("Schemes"): (
        Source(
            "L. Verlet", "Computer “Experiments” on Classical Fluids I", "Physical Review 159, 1967",
            DOI + "10.1103/PhysRev.159.98",
        ),
        Source(
            "M. Tuckerman, B. J. Berne and G. J. Martyna", "Reversible multiple time scale molecular dynamics",
            "Journal of Chemical Physics 97, 1992", DOI + "10.1063/1.463137",
        ),
        Source(
            "M. Suzuki",
            "Fractal decomposition of exponential operators with applications to many-body theories and Monte Carlo "
            "simulations",
            "Physics Letters A 146, 1990", DOI + "10.1016/0375-9601(90)90962-N",
        ),
        Source(
            "M. Suzuki and K. Umeno",
            "Higher-order decomposition theory of exponential operators and its applications to QMC and nonlinear "
            "dynamics",
            "Springer Proceedings in Physics 76, 1993", "",
        ),
        Source(
            "R. I. McLachlan",
            "On the Numerical Integration of Ordinary Differential Equations by Symmetric Composition Methods",
            "SIAM Journal on Scientific Computing 16, 1995", DOI + "10.1137/0916010",
        ),
        Source(
            "W. Kahan and R.-C. Li",
            "Composition constants for raising the orders of unconventional schemes for ordinary differential "
            "equations",
            "Mathematics of Computation 66, 1997", DOI + "10.1090/S0025-5718-97-00873-9",
        ),
        Source(
            "S. Blanes and P. C. Moan",
            "Practical symplectic partitioned Runge-Kutta and Runge-Kutta-Nyström methods",
            "Journal of Computational and Applied Mathematics 142, 2002", DOI + "10.1016/S0377-0427(01)00492-7",
        ),
        Source(
            "M. Sofroniou and G. Spaletta", "Derivation of symmetric composition constants for symmetric integrators",
            "Optimization Methods and Software 20, 2005", DOI + "10.1080/10556780500140664",
        ),
    ),
    N_("Examples"): (
        Source(
            "C. Moore", "Braids in Classical Dynamics", "Physical Review Letters 70, 1993",
            DOI + "10.1103/PhysRevLett.70.3675",
        ),
        Source(
            "A. Chenciner and R. Montgomery",
            "A remarkable periodic solution of the three-body problem in the case of equal masses",
            "Annals of Mathematics 152, 2000", "https://arxiv.org/abs/math/0011268",
        ),
        Source(
            "A. Toomre and J. Toomre", "Galactic Bridges and Tails", "Astrophysical Journal 178, 1972",
            DOI + "10.1086/151823",
        ),
        Source(
            "W. M. Folkner, J. G. Williams and D. H. Boggs", "The Planetary and Lunar Ephemeris DE 421",
            "IPN Progress Report 42-178, 2009",
            "https://ipnpr.jpl.nasa.gov/progress_report/42-178/178C.pdf",
        ),
    ),
}  # fmt: skip
