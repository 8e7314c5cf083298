# Makes directories for a user of this guest, who can then get there whatever modes lie on the way. As root.
#   $1  the user;  $2…  the directories
# shellcheck shell=sh
user=$1
shift
for directory; do
    [ -d "$directory" ] || {
        mkdir -p -- "$directory" && chown "$user" "$directory" || exit
        above=${directory%/*}
        while [ -n "$above" ]; do
            # What cannot be altered is mostly open already; if not, the command cannot enter and says so.
            chmod a+x "$above" 2>/dev/null || :
            above=${above%/*}
        done
    }
done
