# Turns the unpacked packages in $work/root into a system that boots: busybox's init and commands, the overlay,
# kernel modules, SSH keys.

make_root() {
    local root_dir=$work/root boot_modules
    boot_modules="$network_modules $(modules_for boot)"
    say "making the root file system"
    if is_configured; then
        complete_configured "$root_dir"
    else
        prune_packages "$root_dir"
    fi
    make_folders "$root_dir"
    add_parts "$root_dir"
    link_busybox "$root_dir"
    add_overlay "$root_dir"
    # shellcheck disable=SC2046,SC2086 # lists of words
    close_modules $boot_modules $(modules_for ready)
    install_modules "$root_dir"
    loadable "$boot_modules" > "$root_dir/etc/modules"
    make_home "$root_dir/root"
    if [ -n "$plain" ]; then
        [ -n "$adduser" ] || rm -f "$root_dir/usr/sbin/adduser"
    else
        make_home "$root_dir/home/user"
        add_host_key "$root_dir"
    fi
    set_times "$root_dir"
}

prune_packages() {
    local pattern
    while read -r pattern; do
        # shellcheck disable=SC2086 # the pattern is to be expanded; it has no spaces, the folder may
        (cd -- "$1" && rm -rf -- $pattern)
    done < <(table prune)
    if rmdir "$1/usr/lib64" 2> /dev/null; then
        rm "$1/lib64"
    fi
}

make_folders() {
    mkdir -p "$1"/{dev,etc,home,mnt,proc,root,run,sys,tmp,var/empty,var/lib,var/log,var/tmp}
    chmod 1777 "$1/tmp" "$1/var/tmp"
    # An ordinary user cannot unpack setuid files, so that the image has none whoever builds it.
    find "$1" -type f -perm /6000 -exec chmod ug-s {} +
}

# Single programs of the table, unless a package has brought them.
add_parts() {
    local package program target
    while read -r package program target; do
        [ ! -e "$1/$target" ] || continue
        mkdir -p "$1/${target%/*}"
        # Newer releases have everything below usr.
        dpkg-deb --fsys-tarfile "$(one_of "$package" "$work/part-packages/$package"_*.deb)" |
            tar --extract --to-stdout --wildcards --occurrence=1 "./$program" "./usr/$program" \
                > "$1/$target" 2> /dev/null || true
        [ -s "$1/$target" ] || fail "$EX_DATAERR" "there is no $program in the package $package"
        chmod 755 "$1/$target"
    done < <(table parts)
}

# Commands that no package brought are busybox's.
link_busybox() {
    local applet
    for applet in $(busybox_applets "$1/usr/lib/qemush/busybox"); do
        if ! has_command "$1" "$applet" && table name-service | grep -qxF -- "$applet"; then
            ln -s ../lib/qemush/busybox "$1/usr/bin/$applet"
        fi
    done
    for applet in $(busybox_applets "$1/usr/bin/busybox"); do
        has_command "$1" "$applet" || ln -s busybox "$1/usr/bin/$applet"
    done
    ln -sf ../bin/busybox "$1/usr/sbin/init"
    # The console's: as fast in every image.
    ln -sf ../../bin/busybox "$1/usr/lib/qemush/login"
    # The kernel asks for modules by the first of these paths.
    for applet in modprobe getty reboot; do
        [ -e "$1/usr/sbin/$applet" ] || ln -sf ../bin/busybox "$1/usr/sbin/$applet"
    done
    # Not busybox: its shell prefers its own commands to those of packages.
    ln -sf dash "$1/usr/bin/sh"
}

# $1: folder of the root file system; $2: name of a command.
has_command() {
    [ -e "$1/usr/bin/$2" ] || [ -L "$1/usr/bin/$2" ] || [ -e "$1/usr/sbin/$2" ]
}

# Which commands a busybox has, without running it: in it stands one sorted list of strings, [[ near its start.
busybox_applets() {
    tr '\0' '\n' < "$1" | awk '
        $0 == "[[" { count = 0; inside = 1 }
        inside && ($0 <= last && count || $0 !~ /^[a-z0-9_.[-]+$/) { inside = 0; if (count > 50) exit }
        inside { name[count++] = last = $0 }
        END { for (i = 0; i < count; i++) print name[i]; print "[" }'
}

add_overlay() {
    local layer=fast path
    [ -z "$plain" ] || layer=plain
    cp -R -- "$here/overlay/common/." "$1/"
    cp -R -- "$here/overlay/$layer/." "$1/"
    if is_configured; then
        # Debian's packages write their own.
        rm "$1/etc/profile" "$1/etc/shells"
        write_accounts "$1"
    fi
    # Modes are not taken from the sources: they may have come out of an archive that has none.
    (cd -- "$here/overlay" && find common "$layer" -type f -printf '%P\n') |
        while read -r path; do
            [ ! -f "$1/$path" ] || chmod 644 "$1/$path"
        done
    chmod 600 "$1/etc/shadow"
    chmod 755 "$1"/etc/{.,ssh,init.d,init.d/rcS,init.d/console}
    [ ! -f "$1/usr/sbin/adduser" ] || chmod 755 "$1/usr/sbin/adduser"
}

# $1: names of modules. Prints on one line those that are no part of the kernel itself, ready for modprobe -a.
loadable() {
    local wanted name names=()
    for wanted in $1; do
        name=$(module_name "${wanted%\?}")
        [ -z "${module_path[$name]:-}" ] || names+=("$name")
    done
    echo "${names[*]}"
}

# $1: home folder. The keys' file is made here, empty, so that writing a key at boot takes no chmod and no chown.
make_home() {
    mkdir -p "$1/.ssh"
    : > "$1/.ssh/authorized_keys"
    chmod 700 "$1/.ssh"
    chmod 600 "$1/.ssh/authorized_keys"
}

