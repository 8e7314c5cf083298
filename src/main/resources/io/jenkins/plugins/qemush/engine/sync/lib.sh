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
    [ "$1" -eq 0 ] || dd bs="$1" count=1 iflag=fullblock 2>/dev/null || dd bs=1 count="$1" 2>/dev/null
}

# What one stat says, said by two ls for each file: many times slower, and times are whole seconds.
# shellcheck disable=SC2016 # expanded by the shell that runs it
by_ls='set -f
for path; do
    set -- $(ls -lidn --full-time "$path") && [ $# -ge 10 ] || continue
    device=0,0
    case $6 in *,) device=$6$7; set -- "$1" "$2" "$3" "$4" "$5" 0 "$8" "$9" "${10}" ;; esac
    entry="$2 $device $6 $1" modified="$7 $8 $9"
    set -- $(ls -lidnc --full-time "$path") && [ $# -ge 10 ] || continue
    case $6 in *,) shift ;; esac
    printf "//%s|%s|%s|%s\n" "$entry" "$modified" "$7 $8 $9" "$path"
done'

# Says what this guest lacks for files to travel, and ends.
lacks() {
    echo "//lacks $*"
    exit 0
}

# Whether this guest has stat. Without it, ls must do.
has_stat() {
    ! command -v stat >/dev/null || return 0
    ls -d --full-time / >/dev/null 2>&1 || lacks "stat, and its ls does not know --full-time"
    return 1
}

# changed FILE: its change time.
changed() {
    if has_stat; then
        stat -c %z "$1"
    else
        line=$(sh -c "$by_ls" sh "$1")
        line=${line#*|*|}
        echo "${line%%|*}"
    fi
}

# list STATE FOLDER: all that is in FOLDER; STATE is a folder of the engine's own. A record starts with "//", which no path
# contains, so that any name is safe.
# The first one tells the time: what changed since then may change again without looking different.
list() {
    state=$1
    cd "$2"
    for program in find xargs tar dd; do
        command -v "$program" >/dev/null || lacks "$program"
    done
    : >"$state/now"
    list_status=0
    if has_stat; then
        stat -c '//now %z' "$state/now"
        find . -xdev -exec stat -c '//%f %t,%T %s %i|%y|%z|%n' {} + 2>"$state/errors" || only_vanished || list_status=$?
    else
        echo "//now $(changed "$state/now")"
        find . -xdev -exec sh -c "$by_ls" sh {} + 2>"$state/errors" || only_vanished || list_status=$?
    fi
    echo "//end $list_status"
}

# Entries may vanish while others are listed: no failure. Anything else is one.
only_vanished() {
    [ -s "$state/errors" ] && ! grep -v 'No such file or directory$' "$state/errors" >&2
}

# await_tick STATE: until the clock of the files has moved on, so that what was just written is clearly in the past.
await_tick() {
    : >"$1/now"
    tick=$(changed "$1/now")
    ticks=20
    while [ "$(changed "$1/now")" = "$tick" ] && [ $ticks -gt 0 ]; do
        ticks=$((ticks - 1))
        has_stat || sleep 0.1 2>/dev/null || sleep 1
        : >"$1/now"
    done
}
