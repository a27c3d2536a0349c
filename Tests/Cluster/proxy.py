#!/usr/bin/env python3
"""A bad network, or a balancer: proxy.py PORT HOST:PORT[,HOST:PORT...] CHANCE

Passes TCP connections on, to one target after the other of those that take them; prints its port, which is a free one if PORT is 0. With the given chance for each piece that the server answers, the piece is swallowed and the connection cut: whether what was
asked for has been done, the client cannot know. SIGUSR1 cuts all connections at once.
"""
import asyncio
import random
import signal
import sys

port, targets, chance = int(sys.argv[1]), [t.rsplit(":", 1) for t in sys.argv[2].split(",")], float(sys.argv[3])
writers = set()
turn = 0


async def pump(reader, writer, other, swallows):
    try:
        while data := await reader.read(65536):
            if swallows and random.random() < chance:
                break
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    for end in (writer, other):
        try:
            end.transport.abort()
        except OSError:
            pass


async def serve(reader, writer):
    global turn
    turn += 1
    for i in range(len(targets)):
        host, number = targets[(turn + i) % len(targets)]
        try:
            upstream, downstream = await asyncio.open_connection(host, int(number))
            break
        except OSError:
            pass
    else:
        writer.transport.abort()
        return
    writers.update((writer, downstream))
    await asyncio.gather(pump(reader, downstream, writer, False), pump(upstream, writer, downstream, True))
    writers.difference_update((writer, downstream))


def cut():
    for writer in list(writers):
        writer.transport.abort()


async def main():
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, cut)
    server = await asyncio.start_server(serve, "127.0.0.1", port)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


asyncio.run(main())
