"""A real SMTP server for the tests: prints its port, then one JSON line a message it was given.

Recipients decide what it answers: refuse-* is refused for good, later-* for the moment.
"""
import json
import sys
import time

from aiosmtpd.controller import Controller


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refuse-"):
            return "550 no such mailbox"
        if address.startswith("later-"):
            return "450 try later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        print(json.dumps({"from": envelope.mail_from, "to": envelope.rcpt_tos,
                          "data": envelope.content.decode("ascii")}), flush=True)
        return "250 taken"


controller = Controller(Handler(), hostname="127.0.0.1", port=0)
# Port 0 is any that is free; the controller's own self-check wants a number, so the loop is asked.
import asyncio  # noqa: E402

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
server = loop.run_until_complete(loop.create_server(controller.factory, "127.0.0.1", 0))
print(server.sockets[0].getsockname()[1], flush=True)
loop.call_later(120, loop.stop)
loop.run_forever()
