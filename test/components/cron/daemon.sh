#!/bin/bash
# Becomes Debian's cron daemon on a throw-away copy of this machine's settings, with a program in the place of
# sendmail that keeps each mail as a file. Must run as root within `unshare --mount`, so that no mount outlives it.
#
# usage: daemon.sh <checkout> <node> <folder that every user may enter, with install.sh, which sets the users up, and mails/>
set -eu
checkout=$1 node=$2 exchange=$3

# What is written to these folders from now on is seen in here only, and is gone at the end.
mount -t tmpfs -o mode=0755 tmpfs /mnt
for folder in etc opt usr/local usr/sbin var; do
  mkdir -p "/mnt/upper/$folder" "/mnt/work/$folder"
  mount -t overlay -o "lowerdir=/$folder,upperdir=/mnt/upper/$folder,workdir=/mnt/work/$folder" overlay "/$folder"
done
mount -t tmpfs -o mode=0755 tmpfs /run
rm -rf /etc/crontab /etc/cron.d /var/spool/cron/crontabs/*
mkdir /etc/cron.d

cat >/usr/sbin/sendmail <<MAIL
#!/bin/sh
umask 022
mail=\$(mktemp "$exchange/mails/unfinished.XXXXXX")
cat >"\$mail"
mv "\$mail" "\$(mktemp -u "$exchange/mails/mail.XXXXXX")"
MAIL
chmod 0755 /usr/sbin/sendmail

# The program, where `npm install --global` puts it.
mkdir -p /opt/novita-spot /usr/local/bin
mount --bind "$checkout" /opt/novita-spot
touch /usr/local/bin/node
mount --bind "$node" /usr/local/bin/node
ln -sf /opt/novita-spot/bin/novita-spot.js /usr/local/bin/novita-spot

. "$exchange/install.sh"
exec cron -f
