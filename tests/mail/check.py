"""check.py FILE…: whether messages are as mail programs want them. Prints a line for each defect."""
import email
import email.policy
import re
import sys
from html.parser import HTMLParser


class Page(HTMLParser):
    """What an HTML body holds: addresses that would be fetched, elements left open."""
    void = {"meta", "br", "hr", "img"}

    def __init__(self):
        super().__init__()
        self.open, self.wrong, self.images = [], [], []

    def handle_starttag(self, tag, attributes):
        if tag not in self.void:
            self.open.append(tag)
        if tag in ("script", "link", "iframe", "object", "form", "base", "svg"):
            self.wrong.append("element " + tag)
        for name, value in attributes:
            if name in ("src", "background", "srcset") and not value.startswith("cid:"):
                self.wrong.append(f"fetches {value}")
            if name == "src" and value.startswith("cid:"):
                self.images.append(value[4:])
            if name.startswith("on") or (value and "javascript:" in value) or (value and "url(" in value):
                self.wrong.append(f"attribute {name}={value}")
        if tag == "img" and not dict(attributes).get("alt"):
            self.wrong.append("a picture without words")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes nothing")


def tree(part):
    kind = part.get_content_type()
    return (kind, [tree(p) for p in part.iter_parts()]) if part.is_multipart() else kind


def defects(data):
    if b"\n" in data.replace(b"\r\n", b""):
        yield "a line does not end in CRLF"
    if b"\r" in data.replace(b"\r\n", b""):
        yield "a CR stands alone"
    if any(c > 126 or (c < 32 and c not in b"\r\n\t") for c in data):
        yield "a byte is not ASCII"
    head, body = data.split(b"\r\n\r\n", 1)
    if max(map(len, data.split(b"\r\n"))) > 998:
        yield "a line is longer than 998"
    if max(map(len, body.split(b"\r\n"))) > 78:
        yield "a line of the body is longer than 78"
    for line in head.split(b"\r\n"):
        if b"=?" in line and len(line) > 76:
            yield f"encoded words on a line of {len(line)}"
        if not re.match(rb"[A-Za-z-]+: |\s\S", line):
            yield f"no header: {line!r}"
    m = email.message_from_bytes(data, policy=email.policy.default)
    for name in ("Date", "From", "To", "Subject", "Message-ID", "List-Id", "List-Unsubscribe", "List-Owner",
                 "Auto-Submitted", "MIME-Version"):
        if len(m.get_all(name, [])) != 1:
            yield f"{name} stands {len(m.get_all(name, []))} times"
    for name in set(m.keys()) - {"Date", "From", "Reply-To", "To", "Subject", "Message-ID", "List-Id", "List-Post",
                                 "List-Unsubscribe", "List-Owner", "Auto-Submitted", "MIME-Version", "Content-Type"}:
        yield f"there is a header {name}"
    if len(m["To"].addresses) != 1 or m["To"].defects or m["From"].defects or m["Date"].defects:
        yield f"addresses or date: {m['To']}"
    for part in m.walk():
        for d in part.defects:
            yield f"{part.get_content_type()}: {d!r}"
    kind, (related, *files) = tree(m)
    if kind != "multipart/mixed" or related[0] != "multipart/related" or "application/pdf" not in files or set(files) - {
            "application/pdf", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}:
        yield f"structure: {tree(m)}"
    if related[1][0] != ("multipart/alternative", ["text/plain", "text/html"]) or set(related[1][1:]) - {"image/png"}:
        yield f"structure: {related}"
    for part in m.walk():
        if part.get_content_type() == "application/pdf" and (
                not part.get_content().startswith(b"%PDF-") or not part.get_filename().endswith(".pdf")):
            yield "the PDF is none"
        if part.get_content_type() == "image/png" and not part.get_content().startswith(b"\x89PNG\r\n"):
            yield "a picture is none"
        if part.get_content_type() == "text/plain" and not part.get_content().strip():
            yield "no text"
        if part.get_content_type() == "text/html":
            page = Page()
            page.feed(part.get_content())
            yield from page.wrong
            if page.open:
                yield f"left open: {page.open}"
            ids = [p["Content-ID"].strip("<>") for p in m.walk() if p["Content-ID"]]
            if sorted(ids) != sorted(set(page.images)):
                yield f"pictures {ids} for {page.images}"


status = 0
for path in sys.argv[1:]:
    for defect in defects(open(path, "rb").read()):
        print(f"{path}: {defect}")
        status = 1
sys.exit(status)
