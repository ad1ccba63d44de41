"""A real SMTP server for the tests: prints its port, then one JSON line a message it was given.

Recipients decide what it answers: refuse-* is refused for good, later-* for the moment.
"""
import asyncio
import json

from aiosmtpd.smtp import SMTP


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


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
server = loop.run_until_complete(
    loop.create_server(lambda: SMTP(Handler(), hostname="127.0.0.1", loop=loop), "127.0.0.1", 0))
print(server.sockets[0].getsockname()[1], flush=True)
loop.call_later(120, loop.stop)
loop.run_forever()
