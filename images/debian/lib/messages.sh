# Progress and errors: short lines on standard error. Exit codes follow sysexits(3), so that callers can tell.

readonly EX_USAGE=64        # wrong arguments
readonly EX_DATAERR=65      # the archive has no such package, the kernel no such module
readonly EX_UNAVAILABLE=69  # a host tool is missing
readonly EX_SOFTWARE=70     # a step failed
readonly EX_CANTCREAT=73    # the output folder cannot be made
readonly EX_TEMPFAIL=75     # the mirror: trying later may help

say() {
    echo "${image_name:-image}: $*" >&2
}

# $1: exit code; the rest: what is wrong, then one line each of what to do next.
fail() {
    local code=$1 line
    shift
    for line in "$@"; do
        say "$line"
    done
    exit "$code"
}
