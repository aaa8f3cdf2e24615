#!/bin/bash
# Boots a real systemd as the first process of a container whose root is a throw-away overlay of this machine, and
# runs a script in it as a service. Must run as root within `unshare --mount`, so that no mount outlives it.
#
# usage: boot.sh <checkout> <node> <folder with script.sh and files/, in which the script may write>
set -eu
checkout=$1 node=$2 exchange=$3

# systemd-nspawn keeps its locks in /run, and a cgroup hierarchy of its own needs no knowledge of this machine's.
mount -t tmpfs -o mode=0755 tmpfs /run
umount --recursive /sys/fs/cgroup
mount -t cgroup2 cgroup2 /sys/fs/cgroup
cgroup=/sys/fs/cgroup/novita-spot-test-$$
mkdir "$cgroup"
leave() {
  echo $$ >/sys/fs/cgroup/cgroup.procs
  find "$cgroup" -depth -type d -exec rmdir {} \;
}
trap leave EXIT
echo $$ >"$cgroup/cgroup.procs"

mount -t tmpfs -o mode=0755 tmpfs /mnt
mkdir /mnt/upper /mnt/work /mnt/root
mount -t overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work overlay /mnt/root
root=/mnt/root

# Nothing of what this machine would start comes up: no other timer, service or journal.
rm -rf "$root"/etc/systemd/system/*.wants "$root"/lib/systemd/system/{timers,multi-user}.target.wants "$root/var/log/journal"
rm -f "$root"/etc/systemd/system/*.{service,timer,target}
cp --recursive "$exchange"/files/. "$root/"
mkdir -p "$root/opt/novita-spot"
touch "$root/usr/local/bin/node"
ln -sf /opt/novita-spot/bin/novita-spot.js "$root/usr/local/bin/novita-spot"
cat >"$root/etc/systemd/system/script.service" <<UNIT
[Service]
Type=oneshot
ExecStart=/bin/bash /exchange/script.sh
ExecStopPost=/usr/bin/systemctl poweroff --no-block
UNIT

timeout --kill-after=5 90 systemd-nspawn --quiet --directory="$root" --machine="novita-spot-test-$$" \
  --register=no --keep-unit --console=pipe --resolv-conf=off --timezone=off --link-journal=no \
  --bind-ro="$checkout:/opt/novita-spot" --bind-ro="$node:/usr/local/bin/node" --bind="$exchange:/exchange" \
  --boot systemd.unit=script.service systemd.show_status=no </dev/null
