#!/bin/sh
# copy-in.sh TARGET NAME KIND: unpacks the tar on standard input at TARGET, or in it when it is a folder. KIND is "file":
# the tar holds NAME alone; or "folder": it holds what is in NAME. Runs as the user, whose files they become.
set -eu
target=$1 name=$2 kind=$3

case $target in
    /*) ;;
    *) target=$HOME/$target ;;
esac
case $target in
    */) mkdir -p "$target" ;;
esac
[ ! -d "$target" ] || target=${target%/}/$name
mkdir -p "$(dirname "$target")"
if [ "$kind" = folder ]; then
    mkdir -p "$target"
    cd "$target"
    exec tar -xpf -
fi
part=$(mktemp -d "$(dirname "$target")/.qemu-sh-XXXXXX")
trap 'rm -rf "$part"' EXIT
(cd "$part" && tar -xpf -)
mv "$part/$name" "$target"
