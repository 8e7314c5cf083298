# Reads the tables: architectures, boards, and the plain lists.

# $1: file name. Prints its lines without comments and blank ones.
table() {
    sed -e 's/[[:space:]]*#.*//' -e '/^[[:space:]]*$/d' "$here/$1"
}

known_architectures() {
    table architectures | cut -d' ' -f1 | paste -s -d' '
}

# $1: architecture. Sets debian_arch suites kernel_flavour bus_module.
read_architecture() {
    local row
    row=$(table architectures | awk -v arch="$1" '$1 == arch')
    [ -n "$row" ] || fail "$EX_USAGE" "there is no architecture $1" "Known are: $(known_architectures)"
    read -r _ debian_arch suites kernel_flavour bus_module <<< "$row"
    suites=${suite:-${suites//,/ }}
}

# $1: board, or nothing for QEMU's virtual machine. Sets dtb disk_modules network_modules root disk machine.
read_board() {
    dtb='' disk=virtio machine='' root=LABEL=qemush-root
    disk_modules="${bus_module#-} $(modules_for disk)"
    network_modules=$(modules_for network)
    [ -n "$1" ] || return 0
    local known wanted=$arch
    known=$(cd "$here/boards" && echo *)
    [[ " $known " == *" $1 "* ]] || fail "$EX_USAGE" "there is no board $1" "Known are: $known"
    # shellcheck source=/dev/null
    . "$here/boards/$1"
    [ "$arch" = "$wanted" ] || fail "$EX_USAGE" "the board $1 is for --arch $arch"
}

# $1: the first column of the table.
modules_for() {
    table modules | awk -v when="$1" '$1 == when { print $2 }' | paste -s -d' '
}
