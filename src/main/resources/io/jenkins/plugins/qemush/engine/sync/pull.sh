#!/bin/sh
# pull.sh STATE FOLDER TREE: lists FOLDER, reads what the host wants and sends it.
# FOLDER is the upper layer of an overlay or TREE itself; TREE is what the guest's commands see.
set -eu
state=$1 folder=$2 tree=$3

# probe: reads names of entries that only show where the folder around them was not replaced; where one does not show,
# lists what that folder has now.
probe() {
    # shellcheck disable=SC2016 # expanded by the inner shell
    xargs -0 sh -c 'for entry; do
        [ -e "$entry" ] || [ -L "$entry" ] || find "${entry%/*}" -maxdepth 1 -exec stat -c "//%n" {} + || :
    done' sh
}

list "$state" "$folder"
read -r probes names || exit
[ -n "$probes" ] || exit 0 # nothing is wanted
cd "$tree"
[ "$probes" -eq 0 ] || section "$probes" | probe
echo '//end 0'
cd "$folder"
# An entry that vanished meanwhile makes tar fail; the host misses it and asks again.
# shellcheck disable=SC2086,SC2154 # words, from lib.sh
[ "$names" -eq 0 ] || section "$names" | xargs -0 $tar -cf - || :
