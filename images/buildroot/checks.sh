# shellcheck shell=bash
# Sourced by check, check-kernel and check-busybox: what they find is told, counted, and makes them fail at the end.

problems=0

problem() {
  printf '  %s\n' "$1"
  problems=$((problems + 1))
}

# Kconfig drops a line silently whose symbol it does not know, or whose dependencies are not met. $1: what was asked for,
# a file; $2: the configuration that came of it. Blank lines and comments ask for nothing; "# X is not set" does.
check_kept() {
  local line
  while read -r line; do
    grep -Fxq -- "$line" "$2" || problem "${3:-}dropped: $line"
  done < <(grep -E '^[^#]|^# [A-Za-z0-9_]+ is not set$' "$1")
}

finish() {
  [ "$problems" -eq 0 ] || die "$problems problems"
  echo 'no problems'
}
