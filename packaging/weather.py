"""Bad weather for an installed program, and what has to live on when it is replaced by a newer one.

Every step is a script that an ordinary person runs in a fresh system, without a network.
"""

import platform
import shutil

from fresh import System
from screen import DISPLAY, window
from workshop import DIST

HERE = """
here=$(dirname "$(readlink -f "$(command -v revanim)")")
kernels=$(echo "$here"/_internal/revanim/resources/kernels/numba-*)
digest() { revanim seek ring.revanim --frame 30 --json | sed 's/.*"digest": "\\([^"]*\\)".*/\\1/'; }
refused() { # PATTERN: the window is refused in one sentence that has it
    said=$(revanim ring.revanim 2>&1) && exit 1 || test $? = 1
    echo "$said"
    test "$(echo "$said" | wc -l)" = 1
    echo "$said" | grep -q "$1"
}
"""
LOCKED = f"""
mkdir locked
chmod 555 locked
HOME=$PWD/locked revanim prepare --json | grep '"compiled": 0,'
{window("env HOME=$PWD/locked revanim ring.revanim", "ring", "locked")}
test -z "$(ls -A locked)"
rmdir locked
"""
LICENCES = """
test -s $here/_internal/licences/GPL-3.0.txt
for part in Qt x264 numpy revanim; do grep "^$part " $here/_internal/licences/README.txt; done
"""
UNTOUCHED = "find $here -type f -printf '%p %s %T@\\n' | sort | md5sum"
# Those below the best that this machine has; they are named so that the best come first.
CLASSES = """
best=$(revanim prepare --json | sed 's/.*"processor": "\\([^"]*\\)".*/\\1/')
expected=$(digest)
for class in $(ls -r $kernels | sed -n "/^$best$/,\\$p"); do
    export NUMBA_CPU_NAME=$class
    revanim prepare --json | grep "\\"compiled\\": 0,.*\\"processor\\": \\"$class\\""
    test "$(digest)" = "$expected"
done
"""
# An emulated one without AVX. Told that this was done, the program does not start itself anew, outside of the emulator.
OLD = """
expected=$(digest)
export _PYI_ARCHIVE_FILE=$here/revanim _PYI_APPLICATION_HOME_DIR=$here/_internal LD_LIBRARY_PATH=$here/_internal
export _PYI_PARENT_PROCESS_LEVEL=0 XDG_CACHE_HOME=$PWD/old
revanim() { qemu-x86_64 -cpu Nehalem $here/revanim "$@"; }
test "$(digest)" = "$expected"
test -z "$(find old -type f)" # nothing had to be compiled
rm -r old
"""
HARMED = """
for file in $(ls $kernels/*/*/*.nbc | sed -n '1~9p'); do
    cp -p $file $file.before
    printf lost | dd of=$file bs=1 seek=$(($(stat -c %s $file) / 2)) conv=notrunc status=none
done
"""
REPAIRED = "for file in $kernels/*/*/*.before; do mv $file ${file%.before}; done"
MADE_ANEW = """
expected=$1
revanim prepare --json | grep '"compiled": [1-9]'
revanim prepare --json | grep '"compiled": 0,'
test "$(digest)" = "$expected"
for file in $(find .cache/revanim -name '*.nbc' | head -2); do truncate -s 99 $file; done
for file in $(find .cache/revanim -name '*.nbi' | tail -2); do truncate -s 0 $file; done
revanim prepare --json | grep '"compiled": [1-4],'
revanim prepare --json | grep '"compiled": 0,'
test "$(digest)" = "$expected"
rm -r .cache/revanim
"""
NETWORK = f"""
{window("strace --seccomp-bpf -f -qq -e trace=socket -o sockets.log revanim ring.revanim", "ring", "traced")}
grep -q AF_UNIX sockets.log
! grep AF_INET sockets.log
"""
SAFELY = window("revanim --safe-mode ring.revanim", "ring", "safely")

WORK = f"""
mkdir -p .config/revanim
printf '[General]\\ntheme=light\\n' >.config/revanim/revanim.conf
{window("revanim ring.revanim", "ring", "work")}
xdotool windowfocus $window
xdotool key ctrl+a
sleep 1
xdotool key Delete
sleep 2
kill $program
wait $program || test $? = 143
ls .local/state/revanim/recovery/*.revanim
"""
STILL_THERE = f"""
lost=$(ls .local/state/revanim/recovery/*.revanim)
revanim info $lost
{window("revanim ring.revanim", "ring", "upgraded")}
test -f $lost
grep -q theme=light .config/revanim/revanim.conf
grep -q "The window is shown" .local/state/revanim/log/revanim.log
convert upgraded.png -crop 100x100+1250+100 -format '%[fx:mean > 0.7]' info: | grep -x 1 # it is the light theme
rm $lost
"""
PICTURES = ("locked", "work", "upgraded")
LIBRARIES = {"libxcb-cursor.so.0": "libxcb-cursor0", "libGL.so.1": "libgl1"}


def try_bad_weather(system: System) -> None:
    """Go through everything that an installed program has to bear."""
    before = system.run("what was installed", HERE + UNTOUCHED)
    system.run("licences", HERE + LICENCES)
    system.run("no display", f"{HERE}refused 'no display'")
    for library, package in LIBRARIES.items():
        without(system, library, package)
    system.run("a home that cannot be written", HERE + LOCKED)
    system.run("other classes of processors", HERE + CLASSES)
    if platform.machine() == "x86_64":
        system.run("emulator installed", "apt-get -qq install --no-install-recommends -y qemu-user", by_root=True)
        system.run("an old processor", HERE + OLD)
    system.run("no network", HERE + NETWORK)
    system.run("safe mode", HERE + SAFELY)
    system.run("nothing was written beside the program", f"{HERE}test '{before}' = \"$({UNTOUCHED})\"")
    digest = system.run("digest", f"{HERE}digest")
    system.run("machine code harmed", at_home(HERE + HARMED), by_root=True)
    system.run("made anew", f"set -- {digest}\n{HERE}{MADE_ANEW}")
    system.run("machine code repaired", at_home(HERE + REPAIRED), by_root=True)


def without(system: System, library: str, package: str) -> None:
    """See that a library which is missing is named in one sentence, with its package."""
    system.run(f"{library} hidden", f"mkdir hidden; mv /usr/lib/*/{library}* hidden", by_root=True)
    print("     ", system.run("the window is refused", f"export DISPLAY={DISPLAY}\n{HERE}refused ' {package}'"))
    system.run(f"{library} back", "mv hidden/* /usr/lib/*-linux-gnu; rmdir hidden", by_root=True)


def at_home(script: str) -> str:
    """Return a script that root runs where the person has the program."""
    return f"PATH=/home/artist/.local/bin:$PATH\n{script}"


def leave_work(system: System) -> None:
    """Choose a theme, and leave work behind that is in no file."""
    system.run("work is left unsaved", WORK)


def find_work(system: System, name: str) -> None:
    """See that another version finds both; pictures go to `dist/`."""
    system.run("preferences and work are still there", STILL_THERE)
    keep(system, PICTURES, name)


def keep(system: System, pictures: tuple[str, ...], name: str) -> None:
    """Copy pictures of the screen to `dist/`."""
    for picture in pictures:
        print(" ", shutil.copy(system.home() / f"{picture}.png", DIST / f"{name}-{picture}.png"))
