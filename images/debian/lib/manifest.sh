# image.json: what the image is and how it boots.

write_manifest() {
    local key_paths='"cmdline", "console"' prompt="login: "
    if [ -n "$plain" ]; then
        key_paths='"console"' prompt="buildroot login: "
    fi
    cat > "$image/image.json" << JSON
{
  "name": "$image_name",
  "arch": "$arch",
  "files": {
    "kernel": $(file_entry kernel),
    "initrd": $(file_entry initrd),
$([ -z "$dtb" ] || echo "    \"dtb\": $(file_entry dtb),")
    "disk": $(file_entry disk.qcow2 ', "format": "qcow2"')
  },
  "user": "user",
  "console": {"login": "root", "prompt": "$prompt"},
  "keyPaths": [$key_paths],
$([ -n "$plain" ] || echo "  \"hostKey\": \"$host_public_key\",")
  "machine": {${machine:+$machine, }"root": "$root"},
  "source": "Debian $suite, $(paste -s -d, "$work/kernel-versions" | sed 's/,/, /g')",
  "packages": [
$(sort "$work/package-versions" | sed 's/.*/    "&"/; $!s/$/,/')
  ]
}
JSON
    sed -i '/^$/d' "$image/image.json"
}

# $1: a file of the image; $2: more members.
file_entry() {
    printf '{"path": "%s", "sha256": "%s", "size": %s%s}' "$1" "$(sha256sum < "$image/$1" | cut -d' ' -f1)" \
        "$(stat --format=%s "$image/$1")" "${2:-}"
}
