#!/bin/sh
# Runs QEMU and sees to it that QEMU does not outlive its supervisor.
#
#   sh -c "$(cat guardian.sh)" guardian RUN_DIRECTORY AT_SUPERVISORS_DEATH QEMU [ARGUMENT...]
#
# Standard input is a pipe that the supervisor holds open: a line on it asks to end QEMU at once, and the kernel closes it
# when the supervisor ends, however it ends. AT_SUPERVISORS_DEATH is "remove" (the run directory goes) or "tell" (it
# stays, with the reason in the file "failure"). Either way whoever waits for a task is told: the folder "tasks" has a
# symbolic link to the control directory of each.
set -u
directory=$1
at_death=$2
shift 2

# A closed terminal or Ctrl-C reaches this shell too; to react is the supervisor's business.
trap '' HUP INT TERM

cause='The supervisor of this machine was killed.'
next_step='If it was the OOM killer of this host (see dmesg), free memory; then start the machine again.'

exec 3<&0
"$@" </dev/null 3<&- &
qemu=$!

tell_tasks() {
    for task in "$directory"/tasks/*; do
        if [ -d "$task" ] && [ ! -f "$task/jenkins-result.txt" ]; then
            printf '\nqemu-sh: %s\n%s\n' "$cause" "$next_step" >>"$task/jenkins-log.txt"
            echo -1 >"$task/jenkins-result.txt.tmp"
            mv "$task/jenkins-result.txt.tmp" "$task/jenkins-result.txt"
        fi
    done
}

supervisor_died() {
    tell_tasks
    case $at_death in
        remove) rm -rf -- "$directory" ;;
        *)
            [ ! -d "$directory" ] ||
                printf '{"cause": "%s",\n"nextStep": "%s"}\n' "$cause" "$next_step" >"$directory/failure"
            ;;
    esac
}

# USR1 ends the watcher when QEMU has ended first, but not once it has work to do: QEMU's death by its own hand would
# otherwise end it, too, before the supervisor's is told.
(
    if read -r _ <&3; then
        kill -9 "$qemu"
    else
        trap '' USR1
        kill -9 "$qemu"
        supervisor_died
    fi
) 2>/dev/null &
watcher=$!
exec 3<&-

wait "$qemu"
status=$?
kill -USR1 "$watcher" 2>/dev/null
exit "$status"
