#!/bin/sh
# copy-out.sh STATE SOURCE USER: says what SOURCE is, and sends it when it is a file. STATE is a folder to be made;
# a relative SOURCE starts at the home of USER.
set -eu
state=$1 source=$2 user=$3

case $source in
    /*) ;;
    *) source=$(grep "^$user:" /etc/passwd | cut -d: -f6)/$source ;;
esac
if [ -d "$source" ]; then
    mkdir -p "$state"
    echo "folder $(cd "$source" && pwd)"
elif [ -f "$source" ]; then
    if has_stat; then
        echo "file $(stat -L -c '%a %s %Y' "$source")"
    else
        mode=644
        [ ! -x "$source" ] || mode=755
        # A size of 0 stands for all that comes, as it does for files of /proc.
        echo "file $mode 0 $(date +%s)"
    fi
    cat "$source"
else
    echo none
fi
