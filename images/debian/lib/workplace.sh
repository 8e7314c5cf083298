# Where the build works: a hidden folder beside the output, renamed to it at the end and removed in every other case.

# $1: the output folder. Sets output (absolute), work (scratch) and image (what becomes the output).
make_workplace() {
    local parent
    parent=$(dirname -- "$1")
    mkdir -p -- "$parent" || fail "$EX_CANTCREAT" "cannot make the folder $parent"
    output=$(cd -- "$parent" && pwd)/$(basename -- "$1")
    check_replaceable
    sweep_dead_workplaces
    work=$(workplace_of $$)
    image=$work/image
    mkdir -- "$work" || fail "$EX_CANTCREAT" "cannot write to $parent"
    trap remove_workplace EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    mkdir -- "$image"
    end_with_caller
}

# A caller that sets QEMU_SH_BUILD_TIED holds the other end of standard input: when it ends, however that comes, so does
# this build.
end_with_caller() {
    watcher=''
    [ -n "${QEMU_SH_BUILD_TIED:-}" ] || return 0
    {
        read -r _ <&3 || true
        kill -TERM $$
    } 3<&0 > /dev/null 2>&1 &
    watcher=$!
    exec < /dev/null
}

# $1: process id of a build.
workplace_of() {
    echo "$(dirname -- "$output")/.$(basename -- "$output").building-$1"
}

# Only an image, or an empty folder, is replaced: never somebody's files.
check_replaceable() {
    [ -e "$output" ] || return 0
    [ -d "$output" ] || fail "$EX_CANTCREAT" "$output is not a folder"
    [ -e "$output/image.json" ] || [ -z "$(ls -A -- "$output")" ] ||
        fail "$EX_CANTCREAT" "$output holds something that is no image: not replaced" \
            "Name another folder, or empty it."
}

# What builds left that were killed without a chance to clean up.
sweep_dead_workplaces() {
    local folder
    for folder in "$(workplace_of '')"*; do
        [ ! -d "$folder" ] || [ -e "/proc/${folder##*-}" ] || rm -rf -- "$folder"
    done
}

remove_workplace() {
    local code=$?
    trap - EXIT HUP INT TERM
    [ -z "${watcher:-}" ] || kill "$watcher" 2> /dev/null || true
    if [ -n "${child:-}" ]; then
        kill -TERM "$child" 2> /dev/null || true
        wait "$child" 2> /dev/null || true
    fi
    rm -rf -- "$work"
    exit "$code"
}

# Runs a long command so that a signal to this script is acted upon at once, not when the command has ended.
interruptible() {
    local code=0
    "$@" &
    child=$!
    wait "$child" || code=$?
    child=''
    return "$code"
}

publish() {
    [ ! -e "$output" ] || mv -T -- "$output" "$work/replaced"
    mv -T -- "$image" "$output"
}
