# Unpacks the kernel's packages into $work/kernel and takes the kernel out of them.

unpack_kernel() {
    local deb path
    say "unpacking the kernel"
    mkdir "$work/kernel"
    for deb in "$work/kernel-packages"/*.deb; do
        interruptible dpkg-deb --extract "$deb" "$work/kernel"
    done
    module_tree=$(one_of "modules" "$work/kernel"/{usr/,}lib/modules/*)
    kernel_version=${module_tree##*/}
    path=$(one_of "kernel" "$work/kernel/boot"/vmlinu[xz]-* "$module_tree"/vmlinu[xz])
    cp -- "$path" "$image/kernel"
    if [ -n "$dtb" ]; then
        path=$(one_of "$dtb" "$work/kernel/usr/lib"/linux-image-*/{,*/}"$dtb")
        cp -- "$path" "$image/dtb"
    fi
    index_modules
}

# $1: of what; the rest: paths, of which the first that exists is printed.
one_of() {
    local what=$1 path
    shift
    for path in "$@"; do
        if [ -e "$path" ]; then
            echo "$path"
            return 0
        fi
    done
    fail "$EX_DATAERR" "there is no $what in $(paste -s -d, "$work/kernel-versions")"
}
