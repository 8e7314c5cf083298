# shellcheck shell=sh
# Typed into root's shell on the serial console when SSH does not answer. It says in one line what there is of a network and
# of an SSH server; /proc and /sys are enough.
qsh_cards() { for qsh_i in /sys/class/net/*; do qsh_i=${qsh_i##*/}; case $qsh_i in lo | '*' | sit0 | tunl0) ;; *) echo "$qsh_i" ;; esac; done; }
qsh_address() { { cat /proc/net/fib_trie; ip addr; ifconfig; } 2>/dev/null | grep -q '10\.0\.2\.' && echo yes || echo no; }
qsh_listens() { cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | grep -q ':0016 [0-9A-F]*:0000 0A' && echo yes || echo no; }
qsh_server() { for qsh_i in /proc/[0-9]*/comm; do read -r qsh_c <"$qsh_i" && case $qsh_c in *sshd | dropbear) echo yes; return ;; esac; done 2>/dev/null; echo no; }
qsh_full() { df / 2>/dev/null | grep -q ' 100% ' && echo yes || echo no; }
echo "qemush-dia""gnosis card=$(qsh_cards | head -n 1) address=$(qsh_address) server=$(qsh_server) listens=$(qsh_listens) full=$(qsh_full) ."
