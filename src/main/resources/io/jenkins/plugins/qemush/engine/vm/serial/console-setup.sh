# shellcheck shell=sh disable=SC2154
# Typed into root's shell on the serial console, for images that take a key no other way. POSIX sh and busybox; the
# variables qsh_user, qsh_key and qsh_now are set before. Each line stands alone: a terminal's line holds 4095 bytes.
# The password "!" that busybox gives is a locked account to sshd, key or no key; "*" only fits no password.
qsh_add() { adduser -D "$qsh_user" || adduser --disabled-password --gecos '' "$qsh_user" || useradd -m "$qsh_user"; }
qsh_id=1000; while grep -q "^[^:]*:[^:]*:$qsh_id:" /etc/passwd /etc/group; do qsh_id=$((qsh_id+1)); done
qsh_write() { echo "$qsh_user:x:$qsh_id:$qsh_id::/home/$qsh_user:/bin/sh" >>/etc/passwd; echo "$qsh_user:x:$qsh_id:" >>/etc/group; }
qsh_home() { grep "^$qsh_user:" /etc/passwd | cut -d: -f6; }
id "$qsh_user" >/dev/null 2>&1 || qsh_add >/dev/null 2>&1 || qsh_write
[ ! -w /etc/shadow ] || sed -i "s/^$qsh_user:!/$qsh_user:*/" /etc/shadow
mkdir -p "$(qsh_home)"; [ "$qsh_user" = root ] || chown "$qsh_user" "$(qsh_home)"
qsh_allow() { mkdir -p "$1/.ssh"; echo "$qsh_key" >>"$1/.ssh/authorized_keys"; chmod 700 "$1/.ssh"; chmod 600 "$1/.ssh/authorized_keys"; }
qsh_allow "$(grep ^root: /etc/passwd | cut -d: -f6)"
[ "$qsh_user" = root ] || { qsh_allow "$(qsh_home)"; chown -R "$qsh_user" "$(qsh_home)/.ssh"; }
date -s "@$qsh_now" >/dev/null 2>&1 || date -u -s "@$qsh_now" >/dev/null 2>&1
qsh_keys() { cat /etc/ssh/ssh_host_ed25519_key.pub || cat /etc/ssh/ssh_host_ecdsa_key.pub || cat /etc/ssh/ssh_host_rsa_key.pub; }
# Asked again until there is a key: in a guest that makes its keys at the first boot.
qsh_await() { qsh_i=0; while ! qsh_keys >/dev/null 2>&1 && [ $qsh_i -lt 3 ]; do qsh_i=$((qsh_i+1)); sleep 1; done; }
# shellcheck disable=SC2046 # words are wanted
qsh_tell() { qsh_await; set -- $(qsh_keys 2>/dev/null) ''; echo "qemush-host""key ${2:+$1 }${2:-none} qemush-do""ne"; }
qsh_tell
