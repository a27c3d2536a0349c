#!/usr/bin/env python3
"""A bad network: proxy.py PORT HOST:PORT CHANCE

Passes TCP connections on. With the given chance for each piece that the server answers, the piece is swallowed and the connection cut: whether what was
asked for has been done, the client cannot know. SIGUSR1 cuts all connections at once.
"""
import asyncio
import random
import signal
import sys

port, target, chance = int(sys.argv[1]), sys.argv[2].rsplit(":", 1), float(sys.argv[3])
writers = set()


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
    try:
        upstream, downstream = await asyncio.open_connection(target[0], int(target[1]))
    except OSError:
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
    async with server:
        await server.serve_forever()


asyncio.run(main())
