#!/bin/sh
# Install revanim for one person, or for all of a machine where root runs this.
#
#     ./revanim-VERSION-x86_64.run [-- --prefix DIR]
#
# Nothing is replaced before everything is there; DIR/lib/revanim/uninstall.sh takes all of it away again.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
if [ "$(id -u)" = 0 ]; then prefix=/usr/local; else prefix=$HOME/.local; fi
if [ "${1:-}" = --prefix ]; then prefix=$2; fi
home=$prefix/lib/revanim
new=$home.new

refuse() {
    echo "revanim was not installed: $1" >&2
    exit 1
}

clean_up() {
    rm -rf "$new"
    rmdir "$prefix/lib" "$prefix/bin" "$prefix/share" "$prefix" 2>/dev/null || true # those that are empty
}

command -v xz >/dev/null || refuse "xz is missing. Install the package xz-utils or xz, then try again."
trap clean_up EXIT
trap 'exit 130' INT TERM HUP
mkdir -p "$prefix/lib" "$prefix/bin" "$prefix/share" 2>/dev/null || refuse "$prefix cannot be written."
rm -rf "$new"
mkdir "$new" 2>/dev/null || refuse "$prefix/lib cannot be written."
needed=$(cat "$here/size")
there=$(df -Pk "$prefix/lib" 2>/dev/null | awk 'NR == 2 { print $4 }')
[ "$there" -ge "$needed" ] || refuse "$prefix has room for $((there / 1000)) MB, and it takes $((needed / 1000)) MB."
echo "Installing into $prefix"
xz --decompress --stdout "$here/program.tar.xz" 2>/dev/null | tar -x -C "$new" 2>/dev/null ||
    refuse "$prefix is full, or this file is damaged."
"$new/revanim" --help >/dev/null 2>&1 || refuse "this system is older than what it was built on (Debian 12, Ubuntu 24.04)."

# Menus do not know the PATH of a shell, so they are told where the program is.
cp -R "$here/share" "$new/share"
entry=$new/share/applications/revanim.desktop
case $prefix in *[!A-Za-z0-9/._-]*) quote='"' ;; *) quote= ;; esac # xdg-open of Debian 12 cannot read quotes
sed -e "s|^Exec=revanim|Exec=$quote$prefix/bin/revanim$quote|" -e "s|^TryExec=.*|TryExec=$prefix/bin/revanim|" "$entry" >"$entry.new"
mv "$entry.new" "$entry"
cp "$here/uninstall.sh" "$new/uninstall.sh"
(cd "$new/share" && find . -type f | sed "s|^\.|$prefix/share|") >"$new/installed"
echo "$prefix/bin/revanim" >>"$new/installed"

trap '' INT TERM HUP # what comes now is quick, and halves would be no use
if [ -x "$home/uninstall.sh" ]; then "$home/uninstall.sh" >/dev/null; fi
mkdir -p "$prefix/lib" "$prefix/bin" "$prefix/share"
mv "$new" "$home"
cp -R "$home/share/." "$prefix/share/"
rm -rf "$home/share"
ln -sf "$home/revanim" "$prefix/bin/revanim"
"$home/uninstall.sh" --refresh

echo "revanim is installed. Start it from the menu, or as $prefix/bin/revanim"
echo "To take it away again: $home/uninstall.sh"

inside=$home/_internal
missing=$(
    for file in "$inside"/PySide6/Qt/plugins/platforms/libqxcb.so "$inside"/PySide6/QtWidgets.abi3.so "$inside"/numba/np/ufunc/omppool*.so "$inside"/python3*/lib-dynload/_ctypes.*so; do
        ldd "$file" 2>/dev/null || true
    done | sed -n 's/^[[:space:]]*\([^ ]*\) => not found.*/\1/p' | sort -u
)
if [ -n "$missing" ]; then
    packages=$(for library in $missing; do sed -n "s|^${library%.0.0} ||p" "$here/libraries"; done | sort -u | tr '\n' ' ')
    echo "revanim needs libraries that this system lacks:" $missing
    echo "On Debian or Ubuntu: sudo apt-get install $packages"
fi
