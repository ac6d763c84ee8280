#!/bin/sh
# Take revanim away; scenes, preferences and what is kept for recovery stay. With --refresh, only tell the desktop.
set -eu

home=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
prefix=${home%/lib/revanim}
mime=$prefix/share/mime
menu=$prefix/share/applications
icons=$prefix/share/icons/hicolor

# What desktops look things up in is made anew from what is there; where nothing is there, it goes.
refresh() {
    if [ ! -d "$mime/packages" ]; then rm -rf "$mime"
    elif command -v update-mime-database; then update-mime-database "$mime" || true; fi
    if [ ! -d "$menu" ] || [ "$(ls "$menu")" = mimeinfo.cache ]; then rm -rf "$menu"
    elif command -v update-desktop-database; then update-desktop-database -q "$menu" || true; fi
    if [ -f "$icons/icon-theme.cache" ] && command -v gtk-update-icon-cache; then
        gtk-update-icon-cache -qtf "$icons" || true
    fi
}

remove_empty_folders() {
    folder=$1
    while [ "$folder" != "$prefix" ] && rmdir "$folder"; do folder=$(dirname "$folder"); done
}

if [ "${1:-}" != --refresh ]; then
    while read -r file; do
        rm -f "$file"
        remove_empty_folders "$(dirname "$file")" 2>/dev/null
    done <"$home/installed"
    rm -rf "$home"
    rmdir "$prefix/lib" 2>/dev/null || true
    echo "revanim is gone from $prefix"
fi
refresh >/dev/null 2>&1
if [ ! -e "$home" ]; then rmdir "$prefix/share" 2>/dev/null || true; fi
