#!/bin/sh
# A stream of NATS JetStream as a feed: STREAM CONSUMER. The durable consumer keeps the place: what was not acknowledged comes again. Plain nats sub, without
# a stream, has no past: what is published while nobody listens is gone.
set -eu
stream=${1:?nats.sh STREAM CONSUMER} consumer=${2:?nats.sh STREAM CONSUMER}
exec nats consumer next "$stream" "$consumer" --count "${COUNT:-1000000}" --raw --ack |
  fs-stream --port "${PORT:-8081}"
