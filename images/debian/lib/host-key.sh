# The guest's SSH host key: the one that was given, or a new one.

check_host_key() {
    [ -n "$host_key" ] || return 0
    local public
    # ssh-keygen reads only keys that nobody else can; from a pipe it reads any.
    public=$(ssh-keygen -y -P '' -f /dev/stdin < "$host_key" 2> /dev/null) || true
    matches "$public" 'ssh-ed25519 .*' ||
        fail "$EX_USAGE" "--host-key $host_key: no private ed25519 key, or one with a passphrase"
}

# $1: folder of the root file system. Sets host_public_key.
add_host_key() {
    local key=$1/etc/ssh/ssh_host_ed25519_key
    if [ -n "$host_key" ]; then
        install -m 600 -- "$host_key" "$key"
        ssh-keygen -y -f "$key" > "$key.pub"
    else
        ssh-keygen -q -t ed25519 -N '' -C '' -f "$key"
    fi
    host_public_key=$(cut -d' ' -f1,2 "$key.pub")
    echo "$host_public_key" > "$key.pub"
}
