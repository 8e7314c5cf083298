#!/bin/sh
# What the other scripts here share; they are sent to the guest behind this one.
set -eu
export LC_ALL=C PATH="$PATH:/usr/sbin:/sbin:/usr/bin:/bin"

# A busybox without shared libraries starts in a quarter of GNU tar's time; in a guest that is a tenth of a second.
tar=tar
# shellcheck disable=SC2034 # for the scripts behind this one
! command -v busybox >/dev/null || tar='busybox tar'

# section BYTES: exactly so much of standard input, leaving the rest to the next reader.
section() {
    [ "$1" -eq 0 ] || dd bs="$1" count=1 iflag=fullblock 2>/dev/null
}

# list STATE FOLDER: all that is in FOLDER; STATE is a folder of the engine's own. A record starts with "//", which no path contains, so that any name is safe.
# The first one tells the time: what changed since then may change again without looking different.
list() {
    state=$1
    cd "$2"
    : >"$state/now"
    stat -c '//now %z' "$state/now"
    list_status=0
    find . -xdev -exec stat -c '//%f %t,%T %s %i|%y|%z|%n' {} + 2>"$state/errors" || only_vanished || list_status=$?
    echo "//end $list_status"
}

# Entries may vanish while others are listed: no failure. Anything else is one.
only_vanished() {
    [ -s "$state/errors" ] && ! grep -v 'No such file or directory$' "$state/errors" >&2
}

# await_tick STATE: until the clock of the files has moved on, so that what was just written is clearly in the past.
await_tick() {
    : >"$1/now"
    tick=$(stat -c %z "$1/now")
    ticks=20
    while [ "$(stat -c %z "$1/now")" = "$tick" ] && [ $ticks -gt 0 ]; do
        ticks=$((ticks - 1))
        : >"$1/now"
    done
}
