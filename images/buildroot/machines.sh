# shellcheck shell=bash
# Sourced by the scripts beside it: reads machines.table and buses.table.

here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")

die() {
  printf '%s: %s\n' "$(basename "$0")" "$1" >&2
  exit "${2:-1}"
}

# A table's lines without comments.
rows() { grep -v '^#' "$here/$1"; }

# The names of all architectures, one a line.
machine_names() { rows machines.table | awk '{ print $1 }'; }

# Sets one variable for each column of the line of architecture $1 (its name here or in qemu-sh).
# shellcheck disable=SC2034 # the variables are for the script that sources this
read_machine() {
  local line
  line=$(rows machines.table | awk -v name="$1" '$1 == name || $2 == name { print; exit }')
  [ -n "$line" ] || die "no architecture \"$1\"; there are: $(machine_names | tr '\n' ' ')" 2
  read -r name arch qemu machine cpu memory bus console kernel dtb linux overrides <<<"$line"
  read -r _ root bus_arguments <<<"$(rows buses.table | awk -v bus="$bus" '$1 == bus')"
}
