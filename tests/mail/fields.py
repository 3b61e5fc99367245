"""fields.py FOLDER: headers, texts and the words beside the PDF of each message, to be compared.
fields.py --find FOLDER TEXT: the files of which the text or the HTML holds it · --html FILE: bytes of its HTML ·
--files FILE FOLDER: its pictures and attachments into the folder."""
import email
import email.policy
import os
import sys


def read(path):
    return email.message_from_bytes(open(path, "rb").read(), policy=email.policy.default)


def body(m, kind):
    return next(p.get_content() for p in m.walk() if p.get_content_type() == kind).replace("\r\n", "\n")


if sys.argv[1] == "--find":
    for name in sorted(os.listdir(sys.argv[2])):
        m = read(os.path.join(sys.argv[2], name))
        if any(sys.argv[3] in body(m, kind) for kind in ("text/plain", "text/html")):
            print(name)
elif sys.argv[1] == "--files":
    os.makedirs(sys.argv[3], exist_ok=True)
    for p in read(sys.argv[2]).walk():
        if p.get_filename():
            open(os.path.join(sys.argv[3], p.get_filename()), "wb").write(p.get_content())
elif sys.argv[1] == "--html":
    print(len(body(read(sys.argv[2]), "text/html").encode()))
else:
    for name in sorted(os.listdir(sys.argv[1])):
        m = read(os.path.join(sys.argv[1], name))
        print("==", name)
        for key, value in m.items():
            if key != "Message-ID" and key != "Content-Type":
                print(f"{key}: {value}")
        print(*[p.get_filename() for p in m.walk() if p.get_filename()])
        print(body(m, "text/plain"))
