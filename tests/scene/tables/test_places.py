"""Tables of places as programs and people write them: each gives the same three places, or one sentence."""

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import revanim as ra
from revanim.scene.passed import silent
from revanim.scene.tables.places import read_rows

CASES = Path(__file__).parents[2] / "cases" / "points"
ROWS = [[1.5, 2.5, 3.5], [-1.0, 0.0, 2.0], [4.0, 5.0, 6.25]]
POINT = "1.5,2.5,3.5\n-1,0,2\n4,5,6.25\n"
COMMA = "1,5;2,5;3,5\n-1;0;2\n4;5;6,25\n"


def read(path: Path, content: str | bytes = b"", frame: float = 0.0) -> tuple[list[list[float]], str]:
    if content:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    places, notes = read_rows(path, frame, silent)
    return places.tolist(), " ".join(str(note) for note in notes if note)


@pytest.mark.parametrize("path", sorted(CASES.glob("*.[ctx][sxy][vtz]")), ids=lambda path: path.name)
def test_a_case_gives_the_places_that_are_in_it(path: Path) -> None:
    places, note = read(path)
    if path.name == "thousands.csv":
        assert places == [[1500.0, 2.5, 3.5], *ROWS[1:]]
    elif path.name in ("missing.csv", "nan.csv"):
        assert places == [ROWS[0], ROWS[2]]
        assert note == f"Rows of {path.name} without a place are left out: 1."
    else:
        assert (places, note) == (ROWS, "")


OF_PROGRAMS = {
    "pandas": ",x,y,z\n0,1.5,2.5,3.5\n1,-1,0,2\n2,4,5,6.25\n",
    "pandas without titles": ",0,1,2\n0,1.5,2.5,3.5\n1,-1.0,0.0,2.0\n2,4.0,5.0,6.25\n",
    "R": '"x" "y" "z"\n"1" 1.5 2.5 3.5\n"2" -1 0 2\n"3" 4 5 6.25\n',
    "R for spreadsheets": '"","x","y","z"\n"1",1.5,2.5,3.5\n"2",-1,0,2\n"3",4,5,6.25\n',
    "a molecule": "3\nwater at 300 K\nO 1.5 2.5 3.5\nH -1 0 2\nH 4 5 6.25\n",
    "a crystal": '3\nLattice="5.4 0.0 0.0" Properties=species:S:1:pos:R:3\nO 1.5 2.5 3.5\nH -1 0 2\nH 4 5 6.25\n',
    "a scanner": "3\n1.5 2.5 3.5 -120 9 9 9\n-1 0 2 -3 9 9 9\n4 5 6.25 5 9 9 9\n",
    "a surveyor": "1,1.5,2.5,3.5,TREE\n2,-1,0,2,TREE\n3,4,5,6.25,HYDRANT\n",
    "MATLAB": "Var1,Var2,Var3\n" + POINT,
    "Houdini": "id,P[x],P[y],P[z],v[x],v[y],v[z]\n0,1.5,2.5,3.5,9,9,9\n1,-1,0,2,9,9,9\n2,4,5,6.25,9,9,9\n",
    "COMSOL": "% Model: beam.mph\n% Nodes: 3\n% x      y        z       u (m)\n1.5 2.5 3.5 9\n-1 0 2 9\n4 5 6.25 9\n",
    "gnuplot": "#x\ty\tz\n1.5\t2.5\t3.5\n-1\t0\t2\n4\t5\t6.25\n",
    "CloudCompare": "//X Y Z R G B\n3\n1.500 2.500 3.500 9 0 0\n-1.000 0.000 2.000 9 0 0\n4.000 5.000 6.250 9 0 0\n",
    "CloudCompare in German": "//X;Y;Z\n3\n1.500;2.500;3.500\n-1.000;0.000;2.000\n4.000;5.000;6.250\n",
    "an animator": "frame,tx,ty,tz,rx,ry,rz\n1,1.5,2.5,3.5,9,9,9\n2,-1,0,2,9,9,9\n3,4,5,6.25,9,9,9\n",
    "a map": "name,easting,northing,elevation\nA,1.5,2.5,3.5\nB,-1,0,2\nC,4,5,6.25\n",
    "German Excel": "P;X-Koordinate [mm];Y-Koordinate [mm];Z-Koordinate [mm]\nA;1,5;2,5;3,5\nB;-1;0;2\nC;4;5;6,25\n",
    "Google in German": '"1,5","2,5","3,5"\n"-1","0","2"\n"4","5","6,25"\n',
    "units below the titles": "time;x;y;z\ns;m;m;m\n0,1;1,5;2,5;3,5\n0,2;-1;0;2\n0,3;4;5;6,25\n",
    "units that differ": "x [m],y [mm],z [cm]\n1.5,2500,350\n-1,0,200\n4,5000,625\n",
    "a title": "Measurement 3 of 2024-05-01, in m\n\nx,y,z\n" + POINT,
    "a title over no titles": "Run number 5\n" + POINT,
    "commas at the end": "x,y,z,\n1.5,2.5,3.5,\n-1,0,2,\n4,5,6.25,\n,,,\n",
    "blanks and decimal commas": "1,5 2,5 3,5\n-1,0 0,0 2,0\n4,0 5,0 6,25\n",
    "names with blanks": "HD 10180 1\t1.5\t2.5\t3.5\nHD 10180 2\t-1\t0\t2\nHD 10180 3\t4\t5\t6.25\n",
    "names with ends of lines": 'label,x,y,z\n"a\nb",1.5,2.5,3.5\nc,-1,0,2\nd,4,5,6.25\n',
    "bars": "x|y|z\n1.5|2.5|3.5\n-1|0|2\n4|5|6.25\n",
    "an old Mac": "x,y,z\r" + POINT.replace("\n", "\r"),
    "Mathematica": "1.5,2.5,3.5\n-1.,0.,2.\n4.*^0,5.,6.25\n",
}


@pytest.mark.parametrize("program", OF_PROGRAMS)
def test_every_program_writes_the_same_places(program: str, tmp_path: Path) -> None:
    assert read(tmp_path / "it.csv", OF_PROGRAMS[program]) == (ROWS, "")


@pytest.mark.parametrize("letters", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_the_letters_may_be_those_of_any_program(letters: str, tmp_path: Path) -> None:
    assert read(tmp_path / "it.csv", ("x;y;z;Größe\n" + COMMA).encode(letters)) == (ROWS, "")


HORIZONS = """\
*******************************************************************************
 Revised: July 31, 2013                  Earth                              399
  Vol. Mean Radius (km)    = 6371.01+-0.02   Mass x10^24 (kg)= 5.97219+-0.0006
Start time      : A.D. 2020-May-31 00:00:00.0000 TDB
*******************************************************************************
            JDTDB,            Calendar Date (TDB),          X,          Y,          Z,      VX,      VY,      VZ,
*******************************************************************************
$$SOE
2459000.5, A.D. 2020-May-31 00:00:00.0000,  1.5E+00,  2.5E+00,  3.5E+00,  9.0E+00,  9.0E-01,  9.0E-05,
2459001.5, A.D. 2020-Jun-01 00:00:00.0000, -1.0E+00,  0.0E+00,  2.0E+00,  9.0E+00,  9.0E-01,  9.0E-05,
2459002.5, A.D. 2020-Jun-02 00:00:00.0000,  4.0E+00,  5.0E+00,  6.25E+00, 9.0E+00,  9.0E-01,  9.0E-05,
$$EOE
*******************************************************************************
  Barycentric Dynamical Time ("TDB" or T_eph), 1, 2, 3
"""


def test_an_ephemeris_is_a_way(tmp_path: Path) -> None:
    assert read(tmp_path / "it.txt", HORIZONS) == (ROWS, "")


def test_of_a_motion_one_frame_is_taken(tmp_path: Path) -> None:
    lines = [f"{frame},{body},{frame},{body},0" for frame in (10, 11, 12) for body in (0, 1)]
    path = tmp_path / "it.csv"
    path.write_text("\n".join(["frame,body,x,y,z", *lines]))
    assert read(path) == ([[10, 0, 0], [10, 1, 0]], "it.csv has 3 frames; number 10 is taken.")
    assert read(path, frame=12)[0] == [[12, 0, 0], [12, 1, 0]]
    with pytest.raises(ra.RevanimError, match=r"it\.csv has 3 frames from 10 to 12; there is no 4"):
        read(path, frame=4)


@pytest.mark.parametrize("remark", ["", "  ", "a remark", "7 8"])
def test_a_remark_over_each_block_may_be_empty(remark: str, tmp_path: Path) -> None:
    path = tmp_path / "two.xyz"
    path.write_text("".join(f"2\n{remark}\nC {block} 2 3\nH {block} 5 6\n" for block in range(3)))
    places, _ = read_rows(path, 1.0, silent)
    assert places.tolist() == [[1, 2, 3], [1, 5, 6]]


MANY = 9000  # more than are read at once


@pytest.mark.parametrize(
    ("form", "mark"),
    [
        ("{},{},{}", "."), ('"{}","{}","{}"', "."), ("{} {} {} ", "."), ("{};{};{};", ","), ("{}\t{}\t{}", ","),
        ("{}|{}|{}\n# said between", "."), ("{},{},{}\n\n", "."), (" {} , {} , {} ", "."),
    ],
)  # fmt: skip
def test_many_rows_are_those_of_few(form: str, mark: str, tmp_path: Path) -> None:
    written = np.random.default_rng(0).normal(scale=1e3, size=(MANY, 3)).round(4)
    missing = np.random.default_rng(1).random((MANY, 3)) < 1e-4
    cells = np.where(missing, "nan", written.astype(str))
    text = "\n".join(form.format(*row) for row in cells)
    (tmp_path / "it.csv").write_text(text.replace(".", mark))
    places, notes = read_rows(tmp_path / "it.csv", 0.0, silent)
    assert np.array_equal(places, written[~missing.any(axis=1)])
    assert str(int(missing.any(axis=1).sum())) in str(notes[1])


@pytest.mark.parametrize("bad", [0, 5000, MANY - 1])
@pytest.mark.parametrize("cell", ["x", "1e999", "1-2", "1_0", "9" * 70, "4\u00b2"])
def test_the_first_row_that_is_no_row_is_named(cell: str, bad: int, tmp_path: Path) -> None:
    lines = [f"{row},2,3" for row in range(MANY)]
    lines[bad] = f"{bad},{cell},3"
    (tmp_path / "it.csv").write_text("x,y,z\n" + "\n".join([*lines, "1,2,3,4"]))
    with pytest.raises(ra.RevanimError, match=f"Line {bad + 2} of it.csv has .* where the number y must be"):
        read_rows(tmp_path / "it.csv", 0.0, silent)


def test_of_several_molecules_one_is_taken(tmp_path: Path) -> None:
    text = "".join(f"2\nstep {step}, 1.0, 2.0\nO {step} 0 0\nH {step} 1 0\n" for step in range(3))
    assert read(tmp_path / "it.xyz", text) == ([[0, 0, 0], [0, 1, 0]], "it.xyz has 3 frames; number 0 is taken.")
    assert read(tmp_path / "it.xyz", frame=2)[0] == [[2, 0, 0], [2, 1, 0]]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("a,b,c\n" + POINT, "it.csv has no columns that are called x and y; it has a, b, c."),
        ("t,vx,vy,vz\n0,1,2,3\n", "it has t, vx, vy, vz."),
        ("# t vx vy vz\n0 1 2 3\n", "it has t, vx, vy, vz."),
        ("r,g,b\n255,0,0\n", "it has r, g, b."),
        ("latitude,longitude\n1,2\n", "it has latitude, longitude."),
        ("x1,y1,x2,y2\n1,2,3,4\n", "it.csv has the columns x1 and x2; only one of them can be meant."),
        ("x,y,x,y\n1,2,3,4\n", "it.csv has the columns x and x"),
        ("x [m],y [px]\n1,2\n", "it.csv has m, px side by side; give x, y and z one unit."),
        ("x,y,z\n1.5,abc,3.5\n", "Line 2 of it.csv has 'abc' where the number y must be."),
        ("x,y,z\n1,2,3\n4,5,6,7\n", "Line 3 of it.csv has 4 columns; the first one has 3."),
        ("x,y,z\n1,2,3\n4,5\n", "Line 3 of it.csv has nothing where the number z must be."),
        ('label,x,y\n"a,1,2\nb,3,4\n', "The quotes in line 3 of it.csv are not closed."),
        ("<html><body>404 not found</body></html>", "it.csv holds no points: no line of it is two numbers, or three."),
        ("1\n2\n", "it.csv holds no points"),
        ("\0\1\2\3" * 100, "it.csv is no text."),
        ("x,y\n" + "1" * 300_000, "Line 2 of it.csv has more than 262144 letters; that is no table."),
    ],
)
def test_what_names_no_places_is_refused_with_what_there_is(content: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(ra.RevanimError) as refused:
        read(tmp_path / "it.csv", content)
    assert sentence in str(refused.value)


# Whatever a writer that is not ours makes of numbers comes back.

HEADS = [
    [],
    ["x", "y", "z"],
    ["pos_x", "pos_y", "pos_z"],
    ["Points:0", "Points:1", "Points:2"],
    ["X (m)", "Y (m)", "Z (m)"],
]
NUMBERS = st.floats(-1e6, 1e6).map(lambda number: round(number, 6))


@given(
    places=st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=2, max_size=6),
    head=st.sampled_from(HEADS),
    part=st.sampled_from([",", ";", "\t", "|"]),
    comma=st.booleans(),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    letters=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    ends=st.sampled_from(["\n", "\r\n"]),
)
def test_what_the_csv_module_writes_comes_back(
    places: list[tuple[float, float, float]],
    head: list[str],
    part: str,
    comma: bool,
    quoting: int,
    letters: str,
    ends: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=part, quoting=quoting, lineterminator=ends)  # type: ignore[arg-type]
    if head:
        writer.writerow(["label", *head])
    for row, place in enumerate(places):
        cells = [f"{number:.6f}".replace(".", "," if comma else ".") for number in place]
        writer.writerow([f"point {row}{part}{row}", *cells])
    path = tmp_path_factory.getbasetemp() / "written.csv"
    assert read(path, out.getvalue().encode(letters))[0] == [list(place) for place in places]


@given(
    places=st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=2, max_size=6),
    part=st.sampled_from([" ", ",", "\t", ";"]),
    shape=st.sampled_from(["%.18e", "%.9g", "%12.4f"]),
    head=st.sampled_from(["", "x y z", "x,y,z", "columns: x y z"]),
)
def test_what_numpy_writes_comes_back(
    places: list[tuple[float, float, float]], part: str, shape: str, head: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "saved.txt"
    np.savetxt(path, places, fmt=shape, delimiter=part, header=head)
    assert read(path)[0] == np.loadtxt(path, delimiter=part.strip(" ") or None, ndmin=2).tolist()


def test_titles_in_two_lines_are_read_together(tmp_path: Path) -> None:
    content = "vel,vel,pos,pos\nx,y,x,y\n9,9,1,2\n8,8,3,4\n"
    assert read(tmp_path / "it.csv", content)[0] == [[1, 2], [3, 4]]
