"""Lines of standard input to all clients, with `websockets` (broadcast)."""
import asyncio, sys
from websockets.asyncio.server import serve, broadcast

clients = set()


async def handler(socket):
    clients.add(socket)
    try:
        async for _ in socket:
            pass
    finally:
        clients.discard(socket)


async def main():
    async with serve(handler, "127.0.0.1", 0, compression=None) as server:
        print(f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/", file=sys.stderr, flush=True)
        reader = asyncio.StreamReader(limit=1 << 20)
        await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        while line := await reader.readline():
            broadcast(clients, line.decode())
        await asyncio.sleep(3600)


asyncio.run(main())
