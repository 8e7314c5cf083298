#!/bin/sh
# enter-disk.sh STATE TREE USER UID GID MODE SERIAL BYTES: an overlay over the read-only disk of that serial at TREE.
# Says "entered", "owner" when the disk was made for other numbers, or "cannot" and why.
set -eu
state=$1 tree=$2 user=$3 mode=$6 serial=$7 bytes=$8

cannot() {
    echo "cannot $*"
    exit 0
}

know_filesystem() {
    grep -qw "$1" /proc/filesystems || modprobe "$1" 2>/dev/null || cannot "the guest's kernel has no $1"
}

see_disk() {
    for serial_file in /sys/block/*/serial; do
        [ -e "$serial_file" ] || continue
        if [ "$(cat "$serial_file")" = "$serial" ]; then
            disk=${serial_file%/serial}
            return
        fi
    done
    return 1
}

# On the channel bus of s390x the disk was plugged a moment ago.
find_disk() {
    tries=1
    [ ! -d /sys/bus/ccw ] || tries=100
    until see_disk; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || cannot "the guest sees no disk of serial $serial"
        sleep 0.05 2>/dev/null || sleep 1
    done
}

# The kernel hears of the new size by an interrupt. Sysfs counts in sectors of 512 bytes.
await_size() {
    tries=100
    while [ "$(cat "$disk/size")" -lt $((bytes / 512)) ]; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || cannot "the disk did not grow in the guest"
        sleep 0.05 2>/dev/null || sleep 1
    done
}

# The upper layer lies on the root disk: a tmpfs would take the guest's scarce memory for what a build writes.
# A renamed folder must be a copy, and a changed mode too, or the upper layer would not hold everything that changed.
mount_overlay() {
    layers=lowerdir=$state/lower,upperdir=$state/upper,workdir=$state/work
    mount -t overlay -o "$layers,redirect_dir=off,metacopy=off,index=on" workspace "$tree" 2>/dev/null ||
        mount -t overlay -o "$layers,redirect_dir=off,metacopy=off" workspace "$tree" 2>/dev/null ||
        mount -t overlay -o "$layers" workspace "$tree" 2>/dev/null || {
        umount "$state/lower"
        cannot "the guest cannot mount an overlay"
    }
}

# Whether all names of a file on the disk stay one file when it changes. Only the kernel knows, which may have left the
# index out without a word.
names() {
    while read -r _ _ _ options _; do
        case $options in
            *"upperdir=$state/upper"*index=on*) echo together ;;
        esac
    done </proc/mounts
}

uid=$(id -u "$user") gid=$(id -g "$user")
if [ "$uid $gid" != "$4 $5" ]; then
    echo "owner $uid $gid"
    exit 0
fi
know_filesystem squashfs
know_filesystem overlay
find_disk
await_size
mkdir -p "$state/lower" "$state/upper" "$state/work" "$tree"
chown "$uid:$gid" "$state/upper"
chmod "$mode" "$state/upper"
mount -t squashfs -o ro,nosuid,nodev "/dev/${disk##*/}" "$state/lower" || cannot "the guest cannot mount the disk"
mount_overlay
echo "entered $uid $gid $(names)"
