# The root file system as an ext4 disk in qcow2.

readonly LABEL=qemush-root
# Fixed, for a disk that is the same when built again.
readonly FILE_SYSTEM_ID=6d757368-726f-4f74-8f73-71656d757368

make_disk() {
    local raw=$work/disk.raw
    say "making the disk"
    truncate --size="$size" "$raw"
    # No journal and no checksums: the disk of a throw-away machine is not repaired, and both cost boot time.
    E2FSPROGS_FAKE_TIME=$epoch mke2fs -q -F -t ext4 -b 4096 -m 0 -L "$LABEL" -U "$FILE_SYSTEM_ID" \
        -O ^has_journal,^metadata_csum,^64bit,^resize_inode \
        -E hash_seed="$FILE_SYSTEM_ID",root_owner=0:0,lazy_itable_init=0 -d "$work/root" "$raw" \
        2> "$work/mke2fs.log" || fail "$EX_SOFTWARE" "$(tail -n 1 "$work/mke2fs.log")" "Is --size $size large enough?"
    inode_settings > "$work/debugfs"
    ! is_configured || special_files >> "$work/debugfs"
    E2FSPROGS_FAKE_TIME=$epoch debugfs -w -f "$work/debugfs" "$raw" > "$work/debugfs.log" 2>&1
    interruptible qemu-img convert -f raw -O qcow2 "$raw" "$image/disk.qcow2"
}

# Owners, which an ordinary user cannot set on files, and times that mke2fs would take from the clock.
inode_settings() {
    (cd -- "$work/root" && find . -printf '/%P\t%T@\n') | sort | awk -F '\t' -v epoch="$epoch" '
        {
            owner = $1 ~ /^\/home\/user(\/|$)/ ? 1000 : 0
            split($2, time, ".")
            printf "sif \"%s\" uid %d\nsif \"%s\" gid %d\n", $1, owner, $1, owner
            printf "sif \"%s\" mtime @%d\n", $1, time[1]
            printf "sif \"%s\" atime @%d\nsif \"%s\" ctime @%d\n", $1, epoch, $1, epoch
            printf "sif \"%s\" crtime @%d\n", $1, epoch
        }'
}

# QEMU takes only SD cards whose size is a power of two.
check_disk_size() {
    local bytes
    [ "$disk" = sd ] || return 0
    bytes=$(numfmt --from=iec "$size")
    (((bytes & (bytes - 1)) == 0)) ||
        fail "$EX_USAGE" "--size $size: the disk of this board is a power of two, as in 1G"
}
