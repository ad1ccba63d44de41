"""Speaks SMTP and LMTP for mail_servers.sh: sends messages, waits for answers in a folder of mailboxes.

  send PORT RECIPIENT FILE      one message by SMTP, as its From says
  wait FOLDER BOX TEXT          until the mailbox holds the text; prints nothing, exit 1 after 30 seconds
"""
import email
import email.utils
import pathlib
import smtplib
import sys
import time


def send(port, recipient, path):
    raw = pathlib.Path(path).read_bytes()
    sender = email.utils.parseaddr(email.message_from_bytes(raw)["From"])[1]
    with smtplib.SMTP("127.0.0.1", int(port), timeout=20) as server:
        server.sendmail(sender, [recipient], raw)


def wait(folder, box, text):
    path = pathlib.Path(folder) / box
    for _ in range(300):
        if path.exists():
            said = " ".join(path.read_text(errors="replace").replace("=\n", "").split())
            if text in said:
                return
        time.sleep(0.1)
    print("# no answer in", box, "with:", text, flush=True)
    sys.exit(1)


if __name__ == "__main__":
    {"send": send, "wait": wait}[sys.argv[1]](*sys.argv[2:])
