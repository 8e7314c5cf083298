# Are the commands there that the build needs?

readonly KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

check_host_tools() {
    local command apt_package dnf_package missing=() apt=() dnf=()
    while read -r command apt_package dnf_package; do
        command -v "$command" > /dev/null && continue
        missing+=("$command")
        apt+=("$apt_package")
        dnf+=("$dnf_package")
    done < <(table host-tools)
    if [ ! -r "$KEYRING" ]; then
        missing+=("$KEYRING")
        apt+=(debian-archive-keyring)
        dnf+=(debian-keyring)
    fi
    [ ${#missing[@]} = 0 ] || fail "$EX_UNAVAILABLE" "missing on this host: ${missing[*]}" \
        "Debian and Ubuntu: apt-get install $(unique "${apt[@]}")" \
        "Fedora: dnf install $(unique "${dnf[@]}")"
}

unique() {
    printf '%s\n' "$@" | sort -u | paste -s -d' '
}
