# shellcheck shell=sh
# Typed into root's shell on the serial console: gives the network interface the address of QEMU's user network, with
# whichever program there is.
qsh_nic() { for qsh_i in /sys/class/net/*; do [ ! -e "$qsh_i/device" ] || { echo "${qsh_i##*/}"; return; }; done; }
[ -n "$(qsh_nic)" ] || modprobe virtio_net >/dev/null 2>&1
qsh_ip() { ip link set "$1" up && ip addr flush dev "$1" && ip addr add 10.0.2.15/24 dev "$1" && { ip route add default via 10.0.2.2 || :; }; }
qsh_old() { ifconfig "$1" 10.0.2.15 netmask 255.255.255.0 up && { route add default gw 10.0.2.2 || :; }; }
# It may be a link to where nothing is.
qsh_names() { echo 'nameserver 10.0.2.3' >/etc/resolv.conf || { rm -f /etc/resolv.conf; echo 'nameserver 10.0.2.3' >/etc/resolv.conf; }; }
qsh_fix() { [ -n "$1" ] || { echo no-card; return; }; { qsh_ip "$1" || qsh_old "$1"; } >/dev/null 2>&1 || { echo no-tool; return; }; qsh_names >/dev/null 2>&1; echo fixed; }
echo "qemush-net""work $(qsh_fix "$(qsh_nic)")"
