"""A screen without a desktop, and a window on it."""

from workshop import filled

DISPLAY = ":92"

# Without -noreset the screen begins anew whenever nobody is connected, as between two questions of xdotool, and refuses
# whoever comes in that instant. The window of a scene has its name in the title; what is on the screen is kept as soon
# as bodies glow in its middle.
WINDOW = f"""
export DISPLAY={DISPLAY}
rm -f /tmp/.X*-lock /tmp/.X11-unix/X*
Xvfb $DISPLAY -noreset -screen 0 1440x900x24 >xvfb.log 2>&1 &
for each in $(seq 300); do
    xdotool getdisplaygeometry >/dev/null 2>&1 && break
    sleep 0.1
done
@COMMAND@ >window.log 2>&1 &
program=$!
for each in $(seq 600); do
    xdotool search --onlyvisible --name @TITLE@ >/dev/null 2>&1 && break
    sleep 0.1
done
window=$(xdotool search --onlyvisible --name @TITLE@ | head -1) || {{ echo "No window."; cat window.log; exit 1; }}
for each in $(seq 60); do
    sleep 1
    import -window root @PICTURE@.png
    colours=$(convert @PICTURE@.png -crop 800x450+150+100 -format '%k' info:)
    [ $colours -lt 100 ] || break
done
[ $colours -ge 100 ] || {{ echo "Nothing was painted."; cat window.log; exit 1; }}
sleep 2
import -window root @PICTURE@.png
! grep -i -E "error|traceback|warning" window.log
"""


def window(command: str, title: str, picture: str) -> str:
    """Return a script that opens a window, keeps a picture of it, and leaves it open with its number in $window."""
    return filled(WINDOW, COMMAND=command, TITLE=title, PICTURE=picture)
