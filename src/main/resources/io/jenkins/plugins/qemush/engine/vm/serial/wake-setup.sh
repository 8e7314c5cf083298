# shellcheck shell=sh disable=SC2154,SC2034,SC2329
# Typed into root's shell on the serial console of a machine that is to be saved, behind console-setup.sh: what a restored
# machine will be asked to do is a function by then, and short to type. Each line stands alone.
qsh_root_keys=$(grep ^root: /etc/passwd | cut -d: -f6)/.ssh/authorized_keys
qsh_user_keys=$(qsh_home)/.ssh/authorized_keys; [ "$qsh_user" != root ] || qsh_user_keys=/dev/null
# First of all: Linux up to 6.1 takes what is written there into account before it gives out the next random number, because
# its last seed is old by then. Later versions do so when their own time has come: see the first number that is drawn.
# This must start no process, which would draw one.
qsh_seed() { echo "$1" >/dev/urandom; }
# $1 the time, $2 the machine's name, $3 the key. The time takes longest: somebody may connect meanwhile.
qsh_wake() { read -r qsh_first </proc/sys/kernel/random/uuid; echo "$2" >/proc/sys/kernel/hostname; [ ! -s /etc/machine-id ] || qsh_machine; echo "$3" >>"$qsh_root_keys"; echo "$3" >>"$qsh_user_keys"; echo "qemush-aw""ake $qsh_first"; qsh_clock "$1"; echo "qemush-on""-time"; }
qsh_clock() { date -s "@$1" >/dev/null 2>&1 || date -u -s "@$1" >/dev/null 2>&1; }
# Over what is there, which is as long: a file that is emptied and written anew, ext4 puts on the disk at once.
qsh_machine() { IFS=- read -r qsh_1 qsh_2 qsh_3 qsh_4 qsh_5 </proc/sys/kernel/random/uuid; echo "$qsh_1$qsh_2$qsh_3$qsh_4$qsh_5" 1<>/etc/machine-id; }
# For images that make their host key at the first boot: sshd reads the new one when it hangs up.
qsh_rekey() { rm -f /etc/ssh/ssh_host_*; ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key </dev/null; kill -HUP "$(cat /run/sshd.pid 2>/dev/null || cat /var/run/sshd.pid)"; echo "qemush-host""key $(cat /etc/ssh/ssh_host_ed25519_key.pub)"; }
# QEMU does not save the timer of MIPS processors (target/mips/machine.c): a restored machine waited for its tick for seconds.
# The board has another timer, which is saved.
qsh_timer=/sys/devices/system/clockevents/clockevent0; [ "$(cat $qsh_timer/current_device 2>/dev/null)" != MIPS ] || { echo MIPS >$qsh_timer/unbind_device; } 2>/dev/null
# Memory that the boot has used and nobody needs is not worth saving; what a restored machine reads and runs first is: all of the
# SSH server and the shell, the user's login, and the files that are written to when it wakes.
sync; echo 1 >/proc/sys/vm/drop_caches
qsh_keep() { sed -n 's|^[^/]* /|/|p' "$1/maps" | sort -u | xargs cat >/dev/null 2>&1; }
for qsh_i in /proc/[1-9]*; do case $(readlink "$qsh_i/exe") in */sshd | */dropbear) qsh_keep "$qsh_i" ;; esac; done; qsh_keep /proc/$$
PATH=/usr/local/sbin:/usr/local/bin:$PATH su -s /bin/sh "$qsh_user" -c 'cd; id' >/dev/null 2>&1 </dev/null
sh -c : ; date >/dev/null
cat "$qsh_root_keys" "$qsh_user_keys" /root/.ssh/rc /etc/ssh/sshrc /etc/machine-id /run/sshd.pid >/dev/null 2>&1
cat /etc/passwd /etc/shadow /etc/group /etc/shells /etc/nsswitch.conf /etc/hosts.allow /etc/hosts.deny >/dev/null 2>&1
# Whoever connects comes first: the clock is set while nothing else is to be done.
renice -n 19 -p $$ >/dev/null 2>&1
qsh_made=$(stat -c %Y /etc/ssh/ssh_host_ed25519_key 2>/dev/null)
read -r qsh_up qsh_i </proc/uptime; echo "qemush-sav""able ${qsh_up%.*} ${qsh_made:-none}"
