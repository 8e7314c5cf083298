# A configured Debian: unpacked here with all that dpkg has to know, so that the packages' own scripts have only to run in
# a machine (guest/configure), never on this host.

# Is a whole Debian wanted, or the small system that the prune table leaves?
is_configured() {
    [ -n "$configured" ]
}

# $1: folder of the root file system, nothing of which is missing yet.
write_dpkg_records() {
    local root_dir=$1 parts=$work/records
    mkdir -p "$parts" "$root_dir"/var/lib/dpkg/{info,triggers,updates,alternatives}
    interruptible xargs -P "$(nproc)" -I '{}' -a "$work/package-files" \
        bash "$here/lib/dpkg-record" "$root_dir" "$cache/archives/{}" "$parts"
    cat "$parts"/*.status > "$root_dir/var/lib/dpkg/status"
    cat "$parts"/*.owners > "$work/owners"
    echo 1 > "$root_dir/var/lib/dpkg/info/format"
    touch "$root_dir/var/lib/dpkg/available" "$root_dir/var/lib/dpkg/triggers"/{File,Lock,Unincorp}
    cat "$parts"/*.triggers | while read -r trigger package; do
        case $trigger in
            /*) echo "$trigger $package" >> "$root_dir/var/lib/dpkg/triggers/File" ;;
            *) echo "$package" >> "$root_dir/var/lib/dpkg/triggers/$trigger" ;;
        esac
    done
}

# $1: folder of the root file system. Everything here that dpkg would do itself, or is told to do in the guest.
complete_configured() {
    local etc=$1/etc folder
    write_dpkg_records "$1"
    while read -r folder; do
        [ ! -d "$1/$folder" ] || find "$1/$folder" ! -type d ! -name copyright -delete
    done < <(table excluded)
    {
        table excluded | sed 's:.*:path-exclude=/&/*:'
        echo 'path-include=/usr/share/doc/*/copyright'
    } > "$etc/dpkg/dpkg.cfg.d/qemush"
    rm -rf "$etc/fstab" "$etc/apt/apt.conf.d/99mmdebstrap" "${1:?}"/dev/* "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/*.bin
    find "$1/var/cache/apt/archives" -name '*.deb' -delete
    # Links that base-files makes, when it finds nothing in their place.
    rm -rf "$1/var/run" "$1/var/lock"
    ln -s /run "$1/var/run"
    ln -s /run/lock "$1/var/lock"
    echo 'Acquire::Languages "none";' > "$etc/apt/apt.conf.d/90qemush"
    mkdir -p "$etc/default" "$1/var/lib/apt/lists/partial" "$1/var/cache/apt/archives/partial"
    echo LANG=C.UTF-8 > "$etc/default/locale"
    if [ -d "$etc/sudoers.d" ]; then
        # Root has no password either.
        echo 'ALL ALL=(ALL:ALL) NOPASSWD: ALL' > "$etc/sudoers.d/qemush"
        chmod 440 "$etc/sudoers.d/qemush"
    fi
}

# Debian's own accounts, and those of every image (overlay/fast). They have no password but root's, which is empty.
write_accounts() {
    local etc=$1/etc masters=$1/usr/share/base-passwd file overlay=$here/overlay/fast/etc
    for file in passwd group; do
        awk -F : -v OFS=: '!seen[$1]++ { $2 = "x"; print }' "$overlay/$file" "$masters/$file.master" > "$etc/$file"
    done
    awk -F : '{ print $1 ($1 == "root" ? "::" : ":*:") "19675:0:99999:7:::" }' "$etc/passwd" > "$etc/shadow"
    awk -F : '{ print $1 ":*::" }' "$etc/group" > "$etc/gshadow"
    chmod 640 "$etc/shadow" "$etc/gshadow"
}

# Lines for debugfs: owners, groups and modes of files that an ordinary user cannot make so.
special_files() {
    awk -F '\t' -v root="$work/root" '
        BEGIN {
            while ((getline line < (root "/etc/passwd")) > 0) { split(line, part, ":"); user[part[1]] = part[3] }
            while ((getline line < (root "/etc/group")) > 0) { split(line, part, ":"); group[part[1]] = part[3] }
        }
        {
            path = $1
            # Below the links /bin, /sbin and /lib.
            if (path ~ /^\/(bin|sbin|lib)\//) path = "/usr" path
            printf "%s\t%d\t%d\t%s\n", path, user[$2], group[$3], $4
        }
        END {
            printf "/etc/shadow\t0\t%d\t0100640\n/etc/gshadow\t0\t%d\t0100640\n", group["shadow"], group["shadow"]
        }' "$work/owners" |
        while IFS=$'\t' read -r path user group mode; do
            # Others may have put something else in its place.
            [ ! -L "$work/root$path" ] || continue
            case $mode in
                04*) [ -d "$work/root$path" ] || continue ;;
                *) [ -f "$work/root$path" ] || continue ;;
            esac
            printf 'sif "%s" uid %d\nsif "%s" gid %d\nsif "%s" mode %s\n' \
                "$path" "$user" "$path" "$group" "$path" "$mode"
        done
}

# What the image is made of: as long as that is the same the configured image is, too.
recipe() {
    {
        echo "$arch $board $suite $size $include" "${sources[@]}"
        sort "$work/package-versions" "$work/kernel-versions" "$work/part-versions"
        (cd -- "$here" && find . -type f -print0 | sort -z | xargs -0 sha256sum)
    } | sha256sum | cut -d' ' -f1
}

# Takes the image from the cache, if one of the same recipe was configured before. Else the folder where to keep it is
# written into the image, for the caller that has it configured.
take_configured() {
    is_configured && [ -z "$host_key" ] || return 1
    kept=${cache%/*}/configured/$(recipe)
    find "${kept%/*}" -mindepth 1 -maxdepth 1 -mtime +30 -exec rm -rf {} + 2> /dev/null || true
    [ -e "$kept/image.json" ] || return 1
    say "the same packages were configured before: taking that image"
    touch "$kept"
    interruptible cp --sparse=always -- "$kept"/* "$image/"
    sed -i "s/^  \"name\": .*/  \"name\": \"$image_name\",/" "$image/image.json"
}

# The note for the caller that the packages' scripts have still to run.
write_note() {
    is_configured || return 0
    echo "${kept:-}" > "$image/unconfigured"
}
