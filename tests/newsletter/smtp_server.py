"""A real mail server on the loopback interface, which does as it is told."""

import asyncio
import contextlib
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from email import message_from_bytes, policy

from aiosmtpd.smtp import SMTP


@dataclass
class Recorder:
    """Keeps every message that it took, and refuses or drops by address.

    `refusals` holds the answer to RCPT, `late_refusals` the one after the text.
    `deaf_before` and `deaf_after` name who loses the connection before and after it.
    `on_message(number, session)` is called for each message, before it is answered.
    """

    refusals: dict = field(default_factory=dict)
    late_refusals: dict = field(default_factory=dict)
    deaf_before: set = field(default_factory=set)
    deaf_after: set = field(default_factory=set)
    on_message: object = None
    taken: list = field(default_factory=list)
    connections: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.deaf_before:
            server.transport.abort()
            return "421 gone"
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        (address,) = envelope.rcpt_tos
        if address in self.late_refusals:
            return self.late_refusals[address]
        with self._lock:
            self.taken.append((address, envelope.content))
        if self.on_message is not None:
            self.on_message(len(self.taken), session)
        if address in self.deaf_after:
            server.transport.abort()
        return "250 OK"

    @property
    def addresses(self):
        return [address for address, _ in self.taken]

    def message_to(self, address):
        (content,) = [content for each, content in self.taken if each == address]
        return message_from_bytes(content, policy=policy.default)


@contextlib.contextmanager
def mail_server(recorder):
    """The port of a server that hands everything to `recorder`."""
    loop = asyncio.new_event_loop()

    async def serve():
        server = await loop.create_server(
            lambda: SMTP(recorder, hostname="localhost", loop=loop), "127.0.0.1", 0
        )
        began.set_result(server.sockets[0].getsockname()[1])
        await ended.wait()
        server.close()
        await server.wait_closed()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    began, ended = Future(), asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=[serve()])
    thread.start()
    try:
        yield began.result(timeout=10)
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join()
        loop.close()
