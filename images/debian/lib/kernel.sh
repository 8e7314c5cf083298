# Unpacks the kernel's packages into $work/kernel and takes the kernel out of them.

unpack_kernel() {
    local deb
    say "unpacking the kernel"
    mkdir "$work/kernel"
    for deb in "$work/kernel-packages"/*.deb; do
        interruptible dpkg-deb --extract "$deb" "$work/kernel"
    done
    kernel_version=$(basename -- "$(one_of modules "$work/kernel"/{usr/,}lib/modules/*)")
    module_tree=$(one_of modules "$work/kernel"/{usr/,}lib/modules/*)
    cp -- "$(one_of kernel "$work/kernel"/boot/vmlinu[xz]-* "$work/kernel"/usr/lib/linux-*/vmlinu[xz]*)" "$image/kernel"
    [ -z "$dtb" ] || cp -- "$(find "$work/kernel" -name "$dtb" | head -n 1)" "$image/dtb" ||
        fail "$EX_DATAERR" "the kernel $kernel_version has no $dtb"
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
    fail "$EX_SOFTWARE" "no $what in the packages of $(cat "$work/kernel-versions")"
}
