#!/bin/bash
# Runs under a booted systemd: installs the units, has them work, and writes down what became of it.
set -eu
results=/exchange/results
state=/var/lib/private/novita-spot
mkdir -p "$results" /etc/systemd/system/novita-spot.timer.d /var/lib/systemd/timers
exec 2>"$results/stderr"

show() { systemctl show -p Result,ExecMainStatus,ActiveState,ExecMainExitTimestampMonotonic novita-spot.service; }
start() {
  systemctl start novita-spot.service 2>"$results/$1.start" || true
  show >"$results/$1"
}
wait_for() {
  for _ in $(seq 300); do
    "$@" && return
    sleep 0.1
  done
  echo "it did not come to that: $*" >&2
}

# The machine was off when the last run was due: Persistent=true makes up for it, here without the random delay.
printf '[Timer]\nRandomizedDelaySec=0\n' >/etc/systemd/system/novita-spot.timer.d/now.conf
touch --date=yesterday /var/lib/systemd/timers/stamp-novita-spot.timer
cd /opt/novita-spot
. /exchange/install.sh
has_run() { show | grep -q 'Monotonic=[1-9]' && show | grep -q 'ActiveState=inactive'; }
waits_again() { systemctl show --property=NextElapseUSecRealtime novita-spot.timer | grep -q '=.'; }
wait_for has_run
wait_for waits_again
show >"$results/by-timer"
systemctl show --property=NextElapseUSecRealtime novita-spot.timer >"$results/timer"
systemctl stop novita-spot.timer
stat --dereference --format='%F %a %u' /var/lib/novita-spot >"$results/folder"
stat --format='%n %a' "$state"/* >"$results/files"

flock --no-fork "$state/lock" sleep 60 &
holder=$!
is_locked() { ! flock --nonblock "$state/lock" true; }
wait_for is_locked
start locked
kill "$holder"
wait "$holder" || true

cat /exchange/wrong-key >/etc/novita-spot/api-key
start refused

cp -r "$state" "$results/state"
journalctl --output=cat --unit=novita-spot.service >"$results/log"
journalctl --output=export >"$results/everything"
