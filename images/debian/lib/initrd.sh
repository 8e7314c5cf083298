# The initrd: busybox, the modules that the root file system needs, and initrd/init.

make_initrd() {
    local tree=$work/initrd name number=10
    say "making the initrd"
    mkdir -p "$tree"/{bin,dev,proc,sys,root,modules}
    cp -- "$work/root/usr/bin/busybox" "$tree/bin/busybox"
    install -m 755 "$here/initrd/init" "$tree/init"
    # shellcheck disable=SC2046,SC2086 # lists of words
    close_modules $disk_modules $(modules_for root)
    for name in "${closure[@]}"; do
        module_content "${module_path[$name]}" > "$tree/modules/$number-$name.ko"
        number=$((number + 1))
    done
    choose_epoch
    set_times "$tree"
    # Not compressed: under emulation that takes longer than to read it.
    (cd -- "$tree" && find . -print0 | sort -z |
        cpio --null --create --format=newc --owner=0:0 --reproducible --quiet) > "$image/initrd"
}

# The time of all that is made here: the same packages give the same image.
choose_epoch() {
    epoch=${SOURCE_DATE_EPOCH:-$(find "$work/kernel" -type f -printf '%Ts\n' | sort -n | tail -n 1)}
    matches "$epoch" '[0-9]+' || fail "$EX_USAGE" "SOURCE_DATE_EPOCH=$epoch is no number of seconds"
}

# $1: folder. What is newer than the epoch was made by this build.
set_times() {
    find "$1" -newermt "@$epoch" -exec touch --no-dereference --date="@$epoch" {} +
}
