# The command line, into the variables arch output include size suite mirror image_name board host_key plain adduser
# configured.

usage() {
    cat << 'USAGE'
Usage: build --arch ARCH --output DIR [options]

Makes DIR with kernel, initrd, disk.qcow2 and image.json: a Debian that boots in QEMU.

  --arch ARCH         one of the table `architectures`
  --output DIR        the folder to make; an image that is there already is replaced when the build succeeded
  --include PKG,PKG   more Debian packages (their maintainer scripts are not run here, see --configured)
  --size SIZE         size of the disk: 512M, 8G (default: 1G, 4G with --configured); unused space costs nothing
  --suite SUITE       Debian release (default: the architecture's row in the table)
  --mirror URL        Debian mirror (default: the one that this host's apt uses)
  --name NAME         name of the image (default: debian-ARCH)
  --board BOARD       for a board other than QEMU's virtual machine; one of the folder `boards`
  --host-key FILE     private ed25519 key as the guest's SSH host key (default: a new one)
  --configured        a whole Debian with dpkg and apt, whose packages' scripts the caller runs in a machine: guest/configure;
                      a file `unconfigured` beside image.json says so, and where to keep the result for the next time
  --plain             an image as made by hand: no key from the kernel's command line, host keys at the first boot
  --without-adduser   with --plain: leave out the adduser command

SOURCE_DATE_EPOCH sets the time of all files (default: that of the kernel).
Packages are kept under ${XDG_CACHE_HOME:-~/.cache}/qemu-sh/debian.
Exit codes: 64 wrong arguments, 65 no such package, 69 a host tool is missing, 73 cannot write, 75 the mirror failed.
USAGE
}

parse_arguments() {
    arch='' output='' include='' size='' suite='' mirror='' image_name='' board='' host_key='' plain='' adduser=yes configured=''
    while [ $# -gt 0 ]; do
        case $1 in
            --arch | --output | --include | --size | --suite | --mirror | --name | --board | --host-key)
                [ $# -ge 2 ] || fail "$EX_USAGE" "$1 needs a value"
                set_option "$1" "$2"
                shift 2
                ;;
            --*=*) set_option "${1%%=*}" "${1#*=}" && shift ;;
            --configured) configured=yes && shift ;;
            --plain) plain=yes && shift ;;
            --without-adduser) adduser='' && shift ;;
            -h | --help) usage && exit 0 ;;
            *) fail "$EX_USAGE" "unknown argument $1" "Try --help." ;;
        esac
    done
    check_arguments
}

set_option() {
    case $1 in
        --arch) arch=$2 ;;
        --output) output=$2 ;;
        --include) include=$2 ;;
        --size) size=$2 ;;
        --suite) suite=$2 ;;
        --mirror) mirror=$2 ;;
        --name) image_name=$2 ;;
        --board) board=$2 ;;
        --host-key) host_key=$2 ;;
        *) fail "$EX_USAGE" "unknown option $1" "Try --help." ;;
    esac
}

check_arguments() {
    [ -n "$arch" ] || fail "$EX_USAGE" "--arch is missing" "Known are: $(known_architectures)"
    [ -n "$output" ] || fail "$EX_USAGE" "--output is missing"
    image_name=${image_name:-debian-$arch${board:+-$board}${plain:+-plain}}
    matches "$image_name" '[a-z0-9][a-z0-9._-]*' ||
        fail "$EX_USAGE" "--name $image_name: lower case letters, digits, . _ - only"
    [ -z "$plain" ] || [ -z "$configured" ] || fail "$EX_USAGE" "an image is --plain or --configured, not both"
    size=${size:-$([ -n "$configured" ] && echo 4G || echo 1G)}
    matches "$size" '[1-9][0-9]*[MGT]' || fail "$EX_USAGE" "--size $size: a number and M, G or T, as in 1G"
    matches "$include" '([a-z0-9][a-z0-9+.:-]*(,[a-z0-9][a-z0-9+.:-]*)*)?' ||
        fail "$EX_USAGE" "--include $include: names of packages with commas between them"
    matches "$suite" '[a-z0-9-]*' || fail "$EX_USAGE" "--suite $suite: the name of a Debian release, as in bookworm"
    matches "$mirror" '[^][[:space:]"]*' || fail "$EX_USAGE" "--mirror $mirror: a URL without spaces"
    [ -z "$host_key" ] || [ -r "$host_key" ] || fail "$EX_USAGE" "--host-key $host_key: cannot read that file"
    [ -z "$plain" ] || [ -z "$host_key" ] || fail "$EX_USAGE" "--host-key: a --plain image makes its own at first boot"
    [ -n "$plain" ] || [ -n "$adduser" ] || fail "$EX_USAGE" "--without-adduser is for --plain images"
}

# $1: a text; $2: an extended regular expression for the whole of it.
matches() {
    [[ $1 =~ ^($2)$ ]]
}
