# Where the packages come from, into the list `sources` of lines of a sources.list: the mirror that was asked for, else
# those that the host's own apt uses, else none, which leaves it to mmdebstrap.

all_repositories() {
    local main=${mirror:-$(host_repository Debian)} security=''
    [ -n "$mirror" ] || security=$(host_repository Debian-Security)
    sources=()
    [ -z "$main" ] || sources+=("deb [signed-by=$KEYRING] $main $suite main")
    [ -z "$security" ] || sources+=("deb [signed-by=$KEYRING] $security $suite-security main")
}

# $1: label of the repository. Prints its address, if the host is a Debian that has one.
host_repository() {
    # shellcheck disable=SC2016 # apt's variable
    apt-get indextargets --format '$(REPO_URI)' "Label: $1" 'Created-By: Packages' 2> /dev/null | sort -u | head -n 1
}

# The two concessions to a mirror that is not in order; each false when it was made already.
drop_security() {
    [ ${#sources[@]} -gt 1 ] || return 1
    sources=("${sources[0]}")
}

# The signature counts as before, only the date is not looked at.
accept_old_index() {
    [[ "${sources[*]}" == *"deb [signed-by"* ]] || return 1
    sources=("${sources[@]/#deb [/deb [check-valid-until=no }")
}
