#!/bin/sh
# push.sh STATE FOLDER TREE BYTES: removes what the first BYTES of standard input name, unpacks the tar behind them in
# TREE, lists FOLDER.
set -eu
state=$1 folder=$2 tree=$3 deletions=$4

cd "$tree"
[ "$deletions" -eq 0 ] || section "$deletions" | xargs -0 rm -rf --
# shellcheck disable=SC2154 # from lib.sh
$tar -xpf -
await_tick "$state"
list "$state" "$folder"
