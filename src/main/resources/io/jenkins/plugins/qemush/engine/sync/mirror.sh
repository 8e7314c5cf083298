#!/bin/sh
# mirror.sh TREE FILES NAME...: removes each NAME in TREE; then, unless FILES is empty, unpacks the tar on standard input
# there. Runs as the user, whose files they become and nobody else's: they may be secrets.
set -eu
umask 077
cd -- "$1" 2>/dev/null || { mkdir -p -- "$1" && cd -- "$1"; }
files=$2
shift 2

for name; do
    rm -rf -- "./$name"
done
[ -z "$files" ] || exec tar -xpf -
