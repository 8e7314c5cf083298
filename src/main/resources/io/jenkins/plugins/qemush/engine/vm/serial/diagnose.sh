# shellcheck shell=sh disable=SC2034
# Typed into root's shell on the serial console when SSH does not answer. It says in one line what there is of a network and
# of an SSH server, and behind that the server's own last words; /proc and /sys are enough for all but these.
qsh_cards() { for qsh_i in /sys/class/net/*; do [ -e "$qsh_i/device" ] && echo "${qsh_i##*/}"; done; }
# Whether a virtio network card is there, driver or not.
qsh_virtio() { cat /sys/bus/virtio/devices/*/device 2>/dev/null | grep -q '^0x0001$' && echo yes || echo no; }
qsh_inet() { { ip -4 addr show dev "$1" || ifconfig "$1"; } 2>/dev/null | sed -n 's/.*inet \(addr:\)\{0,1\}\([0-9.]*\).*/\2/p' | head -n 1; }
qsh_slirp() { grep -qs ' 10\.0\.2\.15$' /proc/net/fib_trie; }
qsh_address() { qsh_a=$(qsh_inet "$1"); if qsh_slirp || [ "$qsh_a" = 10.0.2.15 ]; then echo yes; else echo "${qsh_a:-no}"; fi; }
# To 10.0.2.0 or everywhere; a number's bytes are in the order of the processor.
qsh_route() { grep -qs '^[^[:space:]]*[[:space:]]\(00000000\|0002000A\|0A000200\)[[:space:]]' /proc/net/route && echo yes || echo no; }
# The ports that are listened on; loopback's are marked.
qsh_sockets() { while read -r qsh_n qsh_l qsh_r qsh_s qsh_x; do [ "$qsh_s" = 0A ] || continue; qsh_p=$((0x${qsh_l##*:})); case $qsh_l in 0100007F:* | 7F000001:* | 00000000000000000000000001000000:* | 00000000000000000000000000000001:*) qsh_p=lo:$qsh_p ;; esac; case ",$qsh_o," in *",$qsh_p,"*) ;; *) qsh_o=${qsh_o:+$qsh_o,}$qsh_p ;; esac; done; echo "$qsh_o"; }
qsh_ports() { cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | { qsh_o=; qsh_sockets; }; }
qsh_listens() { case ",$1," in *,22,*) echo yes ;; *,lo:22,*) echo loopback ;; *) echo no ;; esac; }
qsh_server() { for qsh_i in /proc/[0-9]*/comm; do read -r qsh_c <"$qsh_i" && case $qsh_c in *sshd | dropbear) echo yes; return ;; esac; done 2>/dev/null; { command -v sshd || command -v dropbear; } >/dev/null && echo no || echo missing; }
qsh_keys() { for qsh_i in /etc/ssh/ssh_host_*_key /etc/dropbear/*_host_key; do [ -s "$qsh_i" ] && { echo yes; return; }; done; echo no; }
qsh_full() { df / 2>/dev/null | grep -q ' 100% ' && echo yes || echo no; }
qsh_readonly() { grep -s ' / ' /proc/mounts | tail -n 1 | grep -q ' ro[, ]' && echo yes || echo no; }
qsh_wall() { { iptables -S INPUT; nft list ruleset; } 2>/dev/null | grep -q -e 'INPUT DROP' -e '-A INPUT .*-j DROP' -e '-A INPUT .*-j REJECT' -e 'hook input .*policy drop' && echo yes || echo no; }
# What sshd itself finds wrong, or else what the log has of the server. Of its lines the first, of the log's the last.
qsh_log() { for qsh_i in /var/log/auth.log /var/log/messages /var/log/syslog; do [ ! -r "$qsh_i" ] || tail -n 200 "$qsh_i"; done; logread 2>/dev/null | tail -n 200; }
qsh_said() { qsh_d=$(command -v sshd) && qsh_w=$("$qsh_d" -t 2>&1 </dev/null | head -n 1); [ -n "$qsh_w" ] || qsh_w=$(qsh_log | grep -e sshd -e dropbear | tail -n 1); echo "$qsh_w"; }
# Only what does not run is asked: that takes a moment.
qsh_words() { qsh_w=; [ "$1" != no ] || qsh_said; }
qsh_facts() { qsh_f=$(qsh_cards | head -n 1); qsh_v=$(qsh_server); qsh_t=$(qsh_ports); qsh_m=$(qsh_words "$qsh_v" | cut -c 1-200); echo "qemush-dia""gnosis card=$qsh_f virtio=$(qsh_virtio) address=$(qsh_address "$qsh_f") route=$(qsh_route) readonly=$(qsh_readonly) full=$(qsh_full) keys=$(qsh_keys) listens=$(qsh_listens "$qsh_t") server=$qsh_v wall=$(qsh_wall) ports=$qsh_t words=$qsh_m ."; }
qsh_facts
