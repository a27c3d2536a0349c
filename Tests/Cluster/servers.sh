#!/bin/sh
# Starts PostgreSQL, a pooler before it and Redis in a temporary folder, as an ordinary user and on free ports of the loopback, runs a command that
# finds them in its environment, and stops them:
#
#   Tests/Cluster/servers.sh swift test --filter Postgres
#
#   FINSTAGE_TEST_POSTGRES   postgres://fs@127.0.0.1:PORT/fs
#   FINSTAGE_TEST_POOLER     the same behind pgbouncer, which hands a connection to another client after each transaction
#   FINSTAGE_TEST_REDIS      redis://127.0.0.1:PORT/0
#   FINSTAGE_TEST_DATA       the folder of the database, for tests that stop it (with FINSTAGE_TEST_PG_BIN)
#
# FSYNC=on makes the database write as it would in earnest, for measurements. Servers that are not installed are left out.
set -eu
bin=${PG_BIN:-}
for folder in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql*/bin; do
  [ -n "$bin" ] || { [ -x "$folder/initdb" ] && bin=$folder; } || :
done
folder=$(mktemp -d "${TMPDIR:-/tmp}/finstage-cluster.XXXXXX")
as=
if [ "$(id -u)" = 0 ]; then
  # PostgreSQL does not run as root.
  as="setpriv --reuid=nobody --regid=nogroup --clear-groups"
  chown nobody "$folder"
fi
pids=
# shellcheck disable=SC2317 # the trap calls it
finish() {
  [ -z "$bin" ] || [ ! -d "$folder/data" ] || $as "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || :
  for pid in $pids; do kill "$pid" 2>/dev/null || :; done
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# A port that nobody has: asked of the system, and free again until the server takes it.
port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

if [ -n "$bin" ]; then
  pg=$(port)
  $as "$bin/initdb" -D "$folder/data" -U fs --auth=trust --encoding=UTF8 --no-locale --no-sync >"$folder/initdb.log" 2>&1 || {
    cat "$folder/initdb.log" >&2
    exit 1
  }
  cat >>"$folder/data/postgresql.conf" <<END
listen_addresses = '127.0.0.1'
port = $pg
unix_socket_directories = '$folder'
max_connections = 300
shared_buffers = 256MB
max_wal_size = 2GB
fsync = ${FSYNC:-off}
END
  $as "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/data/log" start >/dev/null
  $as "$bin/createdb" -h 127.0.0.1 -p "$pg" -U fs fs
  FINSTAGE_TEST_POSTGRES=postgres://fs@127.0.0.1:$pg/fs
  FINSTAGE_TEST_DATA=$folder/data
  FINSTAGE_TEST_PG_BIN=$bin
  export FINSTAGE_TEST_POSTGRES FINSTAGE_TEST_DATA FINSTAGE_TEST_PG_BIN
  if command -v pgbouncer >/dev/null 2>&1 || [ -x /usr/sbin/pgbouncer ]; then
    pooler=$(port)
    cat >"$folder/pgbouncer.ini" <<END
[databases]
fs = host=127.0.0.1 port=$pg dbname=fs user=fs
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $pooler
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 20
max_client_conn = 200
logfile = $folder/pgbouncer.log
END
    PATH=$PATH:/usr/sbin $as pgbouncer -q "$folder/pgbouncer.ini" >/dev/null 2>&1 &
    pids="$pids $!"
    FINSTAGE_TEST_POOLER=postgres://fs@127.0.0.1:$pooler/fs
    export FINSTAGE_TEST_POOLER
  fi
fi
for server in redis-server valkey-server; do
  command -v $server >/dev/null 2>&1 || continue
  redis=$(port)
  (cd "$folder" && exec $as $server --port "$redis" --bind 127.0.0.1 --save '' --appendonly no --dir "$folder" --daemonize no) >"$folder.redis.log" 2>&1 &
  pids="$pids $!"
  FINSTAGE_TEST_REDIS=redis://127.0.0.1:$redis/0
  FINSTAGE_TEST_REDIS_SERVER=$server
  export FINSTAGE_TEST_REDIS FINSTAGE_TEST_REDIS_SERVER
  break
done
status=0
"$@" || status=$?
rm -f "$folder.redis.log"
exit $status
