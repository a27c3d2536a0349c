#!/bin/sh
# The servers of `make cluster-test`: installed with apt-get where there is one and this is root, otherwise named.
set -eu
missing=
ls /usr/lib/postgresql/*/bin/initdb /opt/homebrew/opt/postgresql*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing="postgresql"
command -v redis-server >/dev/null || command -v valkey-server >/dev/null || missing="$missing redis-server"
PATH=$PATH:/usr/sbin command -v pgbouncer >/dev/null || missing="$missing pgbouncer"
[ -n "$missing" ] || exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "installing$missing"
  # shellcheck disable=SC2086 # one package a word
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } >/dev/null
  # The packages start servers of their own, which nobody here uses.
  for service in postgresql redis-server pgbouncer; do service "$service" stop >/dev/null 2>&1 || :; done
else
  echo "not tested, because it is not here:$missing" >&2
fi
