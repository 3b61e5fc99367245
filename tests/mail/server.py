"""A mail server on loopback that fails as told.

server.py FOLDER [OPTION=VALUE…]: writes its port to FOLDER/port, and of each message that it takes the bytes to
FOLDER/N.eml and the envelope to FOLDER/N.env. It ends when FOLDER/stop is there.

Options: host=ADDRESS (127.0.0.1) · greeting=TEXT, ehlo=TEXT: said in the place of 220, 250 · auth=USER:PASSWORD demanded · tls=FILE:
STARTTLS with this certificate and key · close=yes: ends the connection behind each message · plan=A,B,…: what
happens to the first, second … message, then all goes well:
  ok · mail=CODE TEXT, rcpt=…, data=…, end=…: what is said at that stage
  drop@mail, drop@rcpt, drop@data, drop@body, drop@end, drop@after: the connection ends at that stage; @end: with
  the whole message taken and no answer; @after: right behind the answer
  kill@end, kill@after: the client, whose number stands in FOLDER/client, is killed before it can hear the answer
"""
import os
import signal
import socket
import ssl
import sys
import threading
import time

folder = sys.argv[1]
options = dict(a.split("=", 1) for a in sys.argv[2:])
plan = [p for p in options.get("plan", "").split(",") if p]
taken = 0


class Gone(Exception):
    pass


class Talk:
    def __init__(self, sock):
        self.sock, self.rest, self.greeted, self.known = sock, b"", False, "auth" not in options
        self.secure = False

    def say(self, text):
        self.sock.sendall(text.encode() + b"\r\n")

    def line(self):
        while b"\r\n" not in self.rest:
            more = self.sock.recv(65536)
            if not more:
                raise Gone
            self.rest += more
        line, self.rest = self.rest.split(b"\r\n", 1)
        return line

    def message(self, action):
        lines = []
        while True:
            line = self.line()
            if line == b".":
                return b"".join(x + b"\r\n" for x in lines)
            if action == "drop@body" and len(lines) > 3:
                raise Gone
            lines.append(line[1:] if line.startswith(b".") else line)

    def ehlo(self):
        if "ehlo" in options:
            return self.say(options["ehlo"])
        words = ["localhost", "8BITMIME"]
        if "tls" in options and not self.secure:
            words.append("STARTTLS")
        if "auth" in options:
            words.append("AUTH PLAIN LOGIN")
        words.append("SIZE 99000000")
        for i, word in enumerate(words):
            self.say(("250 " if i + 1 == len(words) else "250-") + word)

    def authenticate(self, words):
        import base64
        coded = words[2] if len(words) > 2 else None
        if coded is None:
            self.say("334 ")
            coded = self.line()
        name = base64.b64decode(coded).decode().split("\0")[1:]
        self.known = ":".join(name) == options["auth"]
        self.say("235 welcome" if self.known else "535 5.7.8 who are you")

    def starttls(self):
        self.say("220 go on")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options["tls"])
        self.sock = context.wrap_socket(self.sock, server_side=True)
        self.secure = True

    def stage(self, name, action, good):
        """Says what is to be said at a stage. False if that was no."""
        if action == "drop@" + name:
            raise Gone
        said = action[len(name) + 1:] if action.startswith(name + "=") else good
        self.say(said)
        return said[0] in "23"

    def whole(self, action, sender, recipient, body):
        global taken
        if action in ("kill@end", "kill@after"):
            client = int(open(folder + "/client").read())
            if action == "kill@after":
                os.kill(client, signal.SIGSTOP)
                keep(sender, recipient, body)
                self.say("250 taken")
            os.kill(client, signal.SIGKILL)
            raise Gone
        if action == "drop@end":
            raise Gone
        if self.stage("end", action, "250 taken"):
            keep(sender, recipient, body)
        if action == "drop@after" or "close" in options:
            raise Gone

    def run(self):
        self.say(options.get("greeting", "220 localhost"))
        action = sender = recipient = None
        while True:
            words = self.line().split()
            word = words[0].upper() if words else b""
            if word == b"EHLO":
                self.ehlo()
            elif word == b"STARTTLS":
                self.starttls()
            elif word == b"AUTH":
                self.authenticate(words)
            elif word == b"QUIT":
                self.say("221 bye")
                return
            elif word in (b"NOOP", b"RSET"):
                self.say("250 fine")
            elif not self.known:
                self.say("530 5.7.0 say who you are")
            elif word == b"MAIL":
                action = plan.pop(0) if plan else "ok"
                sender = words[1].decode()
                self.stage("mail", action, "250 fine")
            elif word == b"RCPT":
                recipient = words[1].decode()
                self.stage("rcpt", action, "250 fine")
            elif word == b"DATA":
                if self.stage("data", action, "354 go on"):
                    self.whole(action, sender, recipient, self.message(action))
            else:
                self.say("500 what")


def keep(sender, recipient, body):
    global taken
    taken += 1
    open(f"{folder}/{taken}.eml", "wb").write(body)
    open(f"{folder}/{taken}.env", "w").write(f"{sender} {recipient}\n")


def serve(sock):
    talk = Talk(sock)
    try:
        talk.run()
    except (Gone, OSError):
        pass
    try:
        # The line is cut: what is still to be read would make it a reset, which loses our last words too.
        talk.sock.shutdown(socket.SHUT_WR)
        talk.sock.settimeout(0.2)
        while talk.sock.recv(65536):
            pass
    except OSError:
        pass
    talk.sock.close()


def main():
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((options.get("host", "127.0.0.1"), 0))
    listener.listen(8)
    listener.settimeout(0.05)
    open(folder + "/port.new", "w").write(str(listener.getsockname()[1]))
    os.rename(folder + "/port.new", folder + "/port")
    until = time.monotonic() + 120  # whatever becomes of the test
    while not os.path.exists(folder + "/stop") and time.monotonic() < until:
        try:
            sock = listener.accept()[0]
        except socket.timeout:
            continue
        sock.settimeout(30)
        threading.Thread(target=serve, args=(sock,), daemon=True).start()


main()
