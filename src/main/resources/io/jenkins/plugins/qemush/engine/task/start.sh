# Launches the task, unless an earlier connection did so and was lost before it could say so.
#   qsh_control    the control directory; that it exists says that the task was launched
#   qsh_directory  where the task runs
#   qsh_script     what `sh -c` is to run
#   qsh_id         marks the task's processes
# Defined before: qsh_mirror fills the control directory, qsh_environment exports the task's variables.
# shellcheck shell=sh disable=SC2154 # they are defined before this
qsh_launch() {
    # The mark of this very connection's command, which may end without the task.
    unset QEMU_SH_COMMAND
    qsh_mirror && cd -- "$qsh_directory" || return
    qsh_environment
    export QEMU_SH_TASK="$qsh_id"
    command -v setsid >/dev/null || setsid() { "$@"; }
    setsid sh -c "$qsh_script" </dev/null >/dev/null 2>&1 &
}

# An earlier command may have removed the folder that it is in.
[ -d "${qsh_control%/*}" ] || mkdir -p -- "${qsh_control%/*}"
if mkdir -- "$qsh_control" 2>/dev/null; then
    if ! (qsh_launch); then
        rm -rf -- "$qsh_control"
        exit 1
    fi
elif [ ! -d "$qsh_control" ]; then
    mkdir -- "$qsh_control"
    exit 1
fi
