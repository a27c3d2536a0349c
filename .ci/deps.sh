#!/bin/sh
# Makes sure that libcurl, SQLite and zlib can be compiled against, and that time zones are there. Does nothing, quickly, where they can.
set -eu

compiler=$(command -v clang || command -v cc || true)

has() {
  if [ -n "$compiler" ]; then
    printf '#include <%s>\n' "$1" | "$compiler" -E - >/dev/null 2>&1
  else
    [ -e "/usr/include/$1" ] || ls /usr/include/*/"$1" >/dev/null 2>&1
  fi
}

packages=
has curl/curl.h || packages="$packages libcurl4-openssl-dev"
has sqlite3.h || packages="$packages libsqlite3-dev"
has zlib.h || packages="$packages zlib1g-dev"
# Session dates across clock changes come from the system's time zones; the tests have a TLS server of openssl.
[ -e /usr/share/zoneinfo/America/New_York ] || packages="$packages tzdata"
command -v openssl >/dev/null || packages="$packages openssl"
# A template of fs-queue posts with curl.
command -v curl >/dev/null || packages="$packages curl"
[ -n "$packages" ] || exit 0

if command -v apt-get >/dev/null 2>&1; then
  sudo=
  if [ "$(id -u)" -ne 0 ]; then
    sudo=$(command -v sudo || true)
    if [ -z "$sudo" ]; then
      echo "finstage needs$packages: run this as root: apt-get install$packages" >&2
      exit 1
    fi
  fi
  echo "finstage needs these packages of the system, installed as root: apt-get install$packages" >&2
  # A person is asked; CI and scripts have decided by calling this.
  if [ -t 0 ] && [ -t 2 ] && [ "${CI:-}" != 1 ] && [ "${CI:-}" != true ]; then
    printf 'Install them now? [Y/n] ' >&2
    read -r answer
    case $answer in '' | [Yy]*) ;; *) exit 1 ;; esac
  fi
  # The lists of packages may be missing or old.
  $sudo apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $packages
  exit 0
fi

cat >&2 <<EOT
finstage needs the headers of three libraries, and the tz database; missing here:$packages
  Fedora, RHEL:  dnf install libcurl-devel sqlite-devel zlib-devel tzdata
  Arch:          pacman -S curl sqlite zlib tzdata
  Alpine:        apk add curl-dev sqlite-dev zlib-dev tzdata
  macOS:         xcode-select --install
EOT
exit 1
