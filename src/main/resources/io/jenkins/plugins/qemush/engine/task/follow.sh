# Sends what the task writes into its log, then its captured output, then its result.
#   qsh_control                 the control directory
#   qsh_id                      marks the task's processes
#   qsh_marker                  begins what is said between the task's bytes
#   qsh_log_at, qsh_output_at   how many bytes have arrived before
# shellcheck shell=sh disable=SC2154 # they are defined before this
# A process costs a guest without KVM 10 ms: everything here is built into the shell but cat and sleep.
qsh_log=$qsh_control/jenkins-log.txt
qsh_output=$qsh_control/output.txt
qsh_result=$qsh_control/jenkins-result.txt
qsh_stamp=$qsh_control/qemu-sh-read

qsh_tell() {
    printf '%s%s\n' "$qsh_marker" "$1"
}

# From then on descriptor 3 remembers how far the log was read, in whatever process.
qsh_open_log() {
    [ -f "$qsh_log" ] || return
    exec 3<"$qsh_log"
    qsh_opened=yes
    [ "$qsh_log_at" -eq 0 ] || tail -c "+$((qsh_log_at + 1))" <&3
}

# The stamp is older than what it lets pass, at whatever resolution files have times here: a log as old as it is is
# read again.
qsh_send_log() {
    [ "$qsh_opened" = yes ] || qsh_open_log || return 0
    # shellcheck disable=SC3013 # dash, bash and busybox have -nt
    if [ ! "$qsh_stamp" -nt "$qsh_log" ]; then
        qsh_touched=yes
    elif [ "$1" != always ]; then
        return
    fi
    : >"$qsh_stamp"
    cat <&3 || exit
}

qsh_send_output() {
    if [ -f "$qsh_output" ]; then
        qsh_tell output
        tail -c "+$((qsh_output_at + 1))" <"$qsh_output"
    fi
}

# Results of short commands come at once, though none before its shells have started, which looking would only slow
# down; a longer one has time, and its log is asked for rarely anyway.
qsh_nap() {
    qsh_naps=$((qsh_naps + 1))
    case $qsh_naps in
        1) qsh_time=0.08 ;;
        ?) qsh_time=0.02 ;;
        1?) qsh_time=0.04 ;;
        2?) qsh_time=0.1 ;;
        3?) qsh_time=0.25 ;;
        *) qsh_time=1 ;;
    esac
    sleep $qsh_time 2>/dev/null || sleep 1
}

# Every ten seconds. The launched command touches its log every three; when it does not, it is looked for.
qsh_beat() {
    case $qsh_naps in
        ? | [1-3]? | *[1-9]) return ;;
    esac
    # Whatever the times say: the guest's clock may have been set back.
    qsh_send_log always
    if [ "$qsh_touched" = yes ] || grep -qszxF -e "QEMU_SH_TASK=$qsh_id" /proc/[0-9]*/environ; then
        qsh_touched=no
        qsh_tell alive
    elif [ ! -f "$qsh_result" ]; then
        qsh_send_output
        qsh_tell lost
        exit 0
    fi
}

qsh_opened=no
qsh_touched=no
qsh_naps=0
qsh_tell launched
while [ ! -f "$qsh_result" ]; do
    qsh_send_log changed
    qsh_beat
    qsh_nap
done
qsh_send_log always
qsh_send_output
read -r qsh_status <"$qsh_result"
qsh_tell "result $qsh_status"
# Until all has arrived, another connection may have to send it again.
if read -r _; then
    rm -rf -- "$qsh_control" >/dev/null 2>&1 &
fi
