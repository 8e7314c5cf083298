#!/bin/sh
# enter-empty.sh STATE TREE USER UID GID MODE: an empty folder of the user at TREE, over whatever the image has there.
set -eu
state=$1 tree=$2 user=$3 mode=$6

mkdir -p "$state/tree" "$tree"
chown "$(id -u "$user"):$(id -g "$user")" "$state/tree"
chmod "$mode" "$state/tree"
mount --bind "$state/tree" "$tree"
echo "entered $(id -u "$user") $(id -g "$user")"
