#!/bin/sh
# A topic of Kafka as a feed: BROKER TOPIC [PARTITION]. kcat reads one partition, from where the last run ended; fs-stream keeps that place, and leaves out
# what came before it. One feed a partition: order holds within one only.
set -eu
broker=${1:?kafka.sh BROKER TOPIC [PARTITION]} topic=${2:?kafka.sh BROKER TOPIC [PARTITION]} partition=${3:-0}
offsets=${XDG_STATE_HOME:-$HOME/.local/state}/finstage/kafka-$topic.offsets
mkdir -p "$(dirname "$offsets")"
# kcat begins at the end of a partition if it is told nothing. The first time everything that the broker has is taken.
next=$(awk -v p="$partition" '$1 == p { print $2 }' "$offsets" 2>/dev/null || :)
exec kcat -C -b "$broker" -t "$topic" -p "$partition" -o "${next:-beginning}" -u -q -f '%p %o %s\n' |
  fs-stream --offsets "$offsets" --port "${PORT:-8081}"
