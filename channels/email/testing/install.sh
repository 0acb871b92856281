#!/bin/sh
# Puts in place what the mail suites need on Debian: Dovecot as a package, Exim only unpacked, because a machine can have
# one mail server installed at a time and this one must not start by itself. Safe to run again. Needs root.
set -eu
cache="$(cd "$(dirname "$0")/../../.." && pwd)/node_modules/.cache/mail-servers"

missing=""
[ -x /usr/sbin/dovecot ] || missing="$missing dovecot-imapd"
[ -e /usr/lib/dovecot/lmtp ] || missing="$missing dovecot-lmtpd"
command -v openssl >/dev/null 2>&1 || missing="$missing openssl"
if [ -n "$missing" ]; then
  apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
fi

if [ ! -x "$cache/usr/sbin/exim4" ]; then
  work="$(mktemp -d)"
  chmod 755 "$work"
  (
    cd "$work"
    apt-get download -qq exim4-daemon-light libidn12 2>/dev/null || { apt-get update -qq && apt-get download -qq exim4-daemon-light libidn12; }
    mkdir unpacked
    for package in *.deb; do dpkg -x "$package" unpacked; done
  )
  mkdir -p "$cache"
  cp -a "$work/unpacked/." "$cache/"
  rm -rf "$work"
fi

# Unpacked it is setuid root, which nobody wants in such a place, and which makes the loader ignore where its libraries lie.
chmod 755 "$cache/usr/sbin/exim4"

# Exim's name for itself is compiled in; it refuses to start on a machine without that user.
id Debian-exim >/dev/null 2>&1 || useradd --system --home-dir /var/spool/exim4 --no-create-home --shell /usr/sbin/nologin Debian-exim
echo "Mail servers are ready: $(/usr/sbin/dovecot --version), $(LD_LIBRARY_PATH="$(dirname "$(find "$cache" -name 'libidn.so.12' | head -n 1)")" "$cache/usr/sbin/exim4" -bV | head -n 1)"
