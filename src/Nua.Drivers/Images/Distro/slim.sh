#!/bin/sh
# Run by mmdebstrap with the new system's folder: takes out what a container never reads and keeps later packages as slim.
set -eu
root=$1

rm -rf "$root"/usr/share/man/* "$root"/usr/share/locale/* "$root"/usr/share/info/* "$root"/usr/share/lintian \
    "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/*.bin "$root"/var/cache/debconf/*-old "$root"/var/lib/dpkg/*-old \
    "$root"/var/log/apt "$root"/var/log/*.log
find "$root/usr/share/doc" -type f ! -name copyright -delete
find "$root/usr/share/doc" -type l -delete

printf '%s\n' 'path-exclude=/usr/share/man/*' 'path-exclude=/usr/share/info/*' 'path-exclude=/usr/share/locale/*' \
    'path-exclude=/usr/share/lintian/*' 'path-exclude=/usr/share/doc/*' 'path-include=/usr/share/doc/*/copyright' \
    > "$root/etc/dpkg/dpkg.cfg.d/nua-slim"
# Layers are written once: a crash in the middle leaves none.
echo force-unsafe-io > "$root/etc/dpkg/dpkg.cfg.d/nua-unsafe-io"
echo 'Binary::apt-get::APT::Keep-Downloaded-Packages "false";' > "$root/etc/apt/apt.conf.d/90nua"
# Installing a service must not start it.
printf '#!/bin/sh\nexit 101\n' > "$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
