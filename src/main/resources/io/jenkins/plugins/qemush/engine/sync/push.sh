#!/bin/sh
# push.sh STATE FOLDER TREE DELETIONS MODES MOMENTS FILES: makes TREE what the host has, then lists FOLDER.
# Standard input has lists of names: DELETIONS bytes of what to remove; of "MODE BYTES" in MODES what gets that mode; of
# BYTES in MOMENTS the files that get the time of their arrival, oldest first. Behind them, unless FILES is empty, a tar.
set -eu
state=$1 folder=$2 tree=$3 deletions=$4 modes=$5 moments=$6 files=$7

cd "$tree"
[ "$deletions" -eq 0 ] || section "$deletions" | xargs -0 rm -rf --
# shellcheck disable=SC2086 # words
set -- $modes
while [ $# -gt 0 ]; do
    # What a command removed meanwhile needs no mode.
    section "$2" | xargs -0 chmod "$1" 2>/dev/null || :
    shift 2
done
moment=0
for bytes in $moments; do
    moment=$((moment + 1))
    section "$bytes" >"$state/moment.$moment"
done
# shellcheck disable=SC2154 # from lib.sh
[ -z "$files" ] || $tar -xpf -
moment=0
for bytes in $moments; do
    moment=$((moment + 1))
    [ $moment -eq 1 ] || await_tick "$state"
    xargs -0 touch -c <"$state/moment.$moment"
done
await_tick "$state"
# shellcheck disable=SC2154 # from await_tick
echo "//stamped $tick"
list "$state" "$folder"
