# Has mmdebstrap resolve, fetch, verify and unpack the packages into $work/root; nothing of them is run.

fetch_packages() {
    local release
    for release in $suites; do
        suite=$release
        say "fetching packages: Debian $suite, $debian_arch"
        fetch_from_suite && return 0
        mirror_out_of_step || break
        say "the mirror is being updated, its index of $suite is inconsistent"
    done
    explain_failure
}

fetch_from_suite() {
    all_repositories
    while ! run_mmdebstrap; do
        if mirror_out_of_step && drop_security; then
            say "the mirror is being updated, its index of $suite-security is inconsistent: trying without it"
        elif mirror_out_of_date && accept_old_index; then
            say "the mirror's index of $suite is older than Debian wants it to be: taking it all the same"
        else
            return 1
        fi
    done
}

run_mmdebstrap() {
    cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/qemu-sh/debian/$suite-$debian_arch
    mkdir -p "$cache/archives" "$cache/lists" || fail "$EX_CANTCREAT" "cannot write to $cache" "Set XDG_CACHE_HOME."
    rm -rf "${work:?}/root" "$work/kernel-packages" "$work/part-packages" "$work/records"
    mkdir "$work/kernel-packages" "$work/part-packages"
    pretended=$(pretended_packages)
    kernel=linux-image-$kernel_flavour
    part_packages=$(table parts | awk '{ print $1 }' | sort -u | paste -s -d' ')
    export here work cache pretended kernel part_packages configured
    interruptible bash "$here/hooks/mmdebstrap" "$suite" "$debian_arch" "$(wanted_packages)" "${sources[@]}" \
        > "$work/mmdebstrap.log" 2>&1
}

wanted_packages() {
    {
        table packages | awk -v asked=",$include," '!($2 && index(asked, "," $2 ",")) { print $1 }'
        tr , '\n' <<< "$include"
        ! is_configured || printf '%s\n' apt usr-is-merged
    } | sed '/^$/d' | sort -u | paste -s -d,
}

pretended_packages() {
    ! is_configured || return 0
    table pretended | grep -vxF -f <(tr , '\n' <<< "${include:--}") | paste -s -d' '
}

# The symptoms of a mirror that is in the middle of an update.
mirror_out_of_step() {
    grep -qE 'Mirror sync in progress|Hash Sum mismatch|File has unexpected size' "$work/mmdebstrap.log"
}

mirror_out_of_date() {
    grep -qE 'Release file .* is expired' "$work/mmdebstrap.log"
}

explain_failure() {
    local log=$work/mmdebstrap.log
    grep '^E: ' "$log" | grep -vE 'apt-get update|apt download failed|mmdebstrap failed' |
        sort -u | head -n 5 >&2 || true
    if grep -q 'does not have a Release' "$log"; then
        fail "$EX_DATAERR" "the mirror has no Debian release $suite" "Is the name right? Or try another --mirror URL."
    fi
    if grep -qE 'Unable to locate package|has no installation candidate|unmet dependencies|held broken' "$log"; then
        fail "$EX_DATAERR" \
            "Debian $suite has no such package for $debian_arch, or it cannot be installed with the others" \
            "Look up the name with: apt-cache search, or choose another release with --suite."
    fi
    if mirror_out_of_step || grep -qE 'Failed to fetch|Could not|Temporary failure|is expired|Unable to' "$log"
    then
        fail "$EX_TEMPFAIL" \
            "the Debian mirror failed: the network, or the mirror itself; nothing is wrong with the image" \
            "Try again later, another mirror (--mirror URL) or another release (--suite)."
    fi
    tail -n 15 "$log" >&2
    fail "$EX_SOFTWARE" "mmdebstrap failed; its last words are above"
}
