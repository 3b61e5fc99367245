#!/usr/bin/env python3
"""Checks PDF files as a reader, a screen reader and a printer would meet them:
qpdf and poppler find no fault; the structure tree is walked from its root and agrees with the marks
in the pages; fonts are embedded; links, outline and contents lead somewhere; ink stands where every
word is said to stand. Prints a line for each fault; the last line counts files."""
import base64
import json
import re
import subprocess
import sys

KINDS = {"Document", "Sect", "H1", "H2", "H3", "H4", "H5", "H6", "P", "L", "LI", "Lbl", "LBody", "Table",
         "TR", "TH", "TD", "Figure", "Caption", "Link", "TOC", "TOCI", "BlockQuote", "Code", "Form", "Note"}
PARENTS = {"LI": {"L"}, "Lbl": {"LI", "Note"}, "LBody": {"LI"}, "TR": {"Table"}, "TH": {"TR"}, "TD": {"TR"},
           "TOCI": {"TOC"}, "Caption": {"Table", "TOC"}}


def run(*command):
    return subprocess.run(command, capture_output=True, check=False)


class Pdf:
    def __init__(self, path):
        self.path = path
        self.faults = []
        out = run("qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=generalized", path)
        self.objects = json.loads(out.stdout)["qpdf"][1]
        self.catalog = self.get(self.objects["trailer"]["value"]["/Root"])
        self.pages = []
        self.walk_pages(self.catalog["/Pages"])

    def fault(self, text):
        self.faults.append(text)

    def get(self, x):
        """What a reference leads to; other values as they are."""
        if isinstance(x, str) and re.fullmatch(r"\d+ \d+ R", x):
            o = self.objects.get("obj:" + x)
            if o is None:
                self.fault(f"{x} leads nowhere")
                return {}
            return o["value"] if "value" in o else o["stream"]["dict"]
        return x

    def data(self, ref):
        return base64.b64decode(self.objects["obj:" + ref]["stream"]["data"])

    def walk_pages(self, ref):
        node = self.get(ref)
        if node["/Type"] == "/Page":
            self.pages.append(ref)
            return
        for kid in node["/Kids"]:
            self.walk_pages(kid)


# ---- content streams ----

TOKEN = re.compile(rb"""\((?:[^()\\]|\\.|\\\r?\n)*\) | <[0-9A-Fa-f\s]*> | <<|>> | \[|\] |
                        /[^\s()<>\[\]/%]* | [^\s()<>\[\]/%]+""", re.X | re.S)
PAINTS = {b"Tj", b"TJ", b"'", b'"', b"f", b"f*", b"F", b"S", b"s", b"B", b"B*", b"b", b"b*", b"Do", b"sh"}


def marks_of(pdf, page):
    """{MCID: kind} of one page; what is painted outside of any mark is a fault."""
    content = pdf.get(page)["/Contents"]
    marks, stack, held = {}, [], []
    for token in TOKEN.findall(pdf.data(content)):
        if token in (b"BDC", b"BMC"):
            kind = next(t for t in held if t.startswith(b"/"))[1:].decode()
            mcid = int(held[held.index(b"/MCID") + 1]) if b"/MCID" in held else None
            if mcid is not None:
                if mcid in marks:
                    pdf.fault(f"{page}: MCID {mcid} twice")
                marks[mcid] = kind
            elif kind != "Artifact":
                pdf.fault(f"{page}: content marked {kind} without a number")
            stack.append(kind)
        elif token == b"EMC":
            if not stack:
                pdf.fault(f"{page}: EMC without a begin")
            else:
                stack.pop()
        elif token in PAINTS and not stack:
            pdf.fault(f"{page}: {token.decode()} outside of any marked content")
        if re.fullmatch(rb"[A-Za-z'\"*]+", token):
            held = []
        else:
            held.append(token)
    if stack:
        pdf.fault(f"{page}: marked content never ends")
    return marks


# ---- structure ----

def kids_of(element):
    k = element.get("/K", [])
    return k if isinstance(k, list) else [k]


def text_of(s):
    return s[2:] if isinstance(s, str) and s.startswith("u:") else ""


def check_structure(pdf):
    if pdf.catalog.get("/MarkInfo", {}).get("/Marked") is not True:
        pdf.fault("not marked as tagged")
    root_ref = pdf.catalog.get("/StructTreeRoot")
    if not root_ref:
        pdf.fault("no structure tree")
        return
    root = pdf.get(root_ref)
    parents = dict_of_numbers(pdf.get(root["/ParentTree"]))
    marks = {page: marks_of(pdf, page) for page in pdf.pages}
    seen, level, counts, notes = set(), [0], {}, []

    def content(element_ref, kind, page, mcid):
        found = marks[page].get(mcid)
        if found is None:
            pdf.fault(f"{element_ref}: page {page} has no content {mcid}")
        elif found != kind:
            pdf.fault(f"{element_ref}: {kind}, but its content is marked {found}")
        if (page, mcid) in seen:
            pdf.fault(f"{element_ref}: content {mcid} of {page} belongs to two elements")
        seen.add((page, mcid))
        owners = pdf.get(parents.get(pdf.get(page).get("/StructParents")))
        if not owners or owners[mcid] != element_ref:
            pdf.fault(f"{element_ref}: the parent tree names another owner of {mcid}")

    def walk(ref, parent_ref, parent_kind):
        e = pdf.get(ref)
        kind = e.get("/S", "/?")[1:]
        counts[kind] = counts.get(kind, 0) + 1
        if kind not in KINDS:
            pdf.fault(f"{ref}: unknown kind {kind}")
        if e.get("/P") != parent_ref:
            pdf.fault(f"{ref}: /P is {e.get('/P')}, not {parent_ref}")
        if kind in PARENTS and parent_kind not in PARENTS[kind]:
            pdf.fault(f"{ref}: {kind} below {parent_kind}")
        if re.fullmatch(r"H[1-6]", kind):
            if int(kind[1]) > level[0] + 1:
                pdf.fault(f"{ref}: {kind} after H{level[0]}")
            level[0] = int(kind[1])
        if kind == "Figure" and not text_of(e.get("/Alt")):
            pdf.fault(f"{ref}: a figure without a description")
        if kind == "TH" and e.get("/A", {}).get("/Scope") not in ("/Row", "/Column"):
            pdf.fault(f"{ref}: a head cell without scope")
        if kind == "Note":
            named = dict_of_names(pdf.get(root.get("/IDTree", {})))
            if named.get(e.get("/ID")) != ref or (notes and notes[-1] >= e["/ID"]):
                pdf.fault(f"{ref}: a note whose id {e.get('/ID')} leads to {named.get(e.get('/ID'))}")
            notes.append(e.get("/ID", ""))
        cells = []
        annotated = False
        for kid in kids_of(e):
            if isinstance(kid, int):
                content(ref, kind, e["/Pg"], kid)
            elif isinstance(kid, dict) and kid.get("/Type") == "/MCR":
                content(ref, kind, kid["/Pg"], kid["/MCID"])
            elif isinstance(kid, dict) and kid.get("/Type") == "/OBJR":
                annotated = True
                number = pdf.get(kid["/Obj"]).get("/StructParent")
                if parents.get(number) != ref:
                    pdf.fault(f"{ref}: the parent tree does not lead from its annotation to it")
            else:
                walk(kid, ref, kind)
                cells.append(pdf.get(kid).get("/S"))
        if kind == "Table":
            rows = [len(kids_of(pdf.get(k))) for k in kids_of(e) if pdf.get(k).get("/S") == "/TR"]
            if len(set(rows)) != 1:
                pdf.fault(f"{ref}: rows of {sorted(set(rows))} cells")
        if kind == "LI" and "/LBody" not in cells:
            pdf.fault(f"{ref}: an item without a body")
        if kind == "Link" and not annotated:
            pdf.fault(f"{ref}: a link without an annotation")
        if kind == "Form" and not annotated and e.get("/A", {}).get("/O") != "/PrintField":
            pdf.fault(f"{ref}: a field neither for a screen nor for a pen")

    for kid in kids_of(root):
        walk(kid, root_ref, None)
    for page, found in marks.items():
        for mcid in found:
            if (page, mcid) not in seen:
                pdf.fault(f"content {mcid} of {page} belongs to no element")
    if counts.get("Document") != 1 or counts.get("H1") != 1:
        pdf.fault(f"one Document and one H1 expected, got {counts}")


def dict_of_names(tree):
    names = tree.get("/Names", [])
    return dict(zip(names[0::2], names[1::2]))


def dict_of_numbers(tree):
    nums = tree.get("/Nums", [])
    return dict(zip(nums[0::2], nums[1::2]))


# ---- links, outline, document ----

def check_destination(pdf, where, dest):
    if not isinstance(dest, list) or dest[0] not in pdf.pages or dest[1] != "/XYZ":
        pdf.fault(f"{where}: leads to {dest}")


def check_field(pdf, ref, field):
    """A field belongs to the form, is read aloud and has a look of its own, and does nothing by itself."""
    if ref not in pdf.get(pdf.catalog.get("/AcroForm", {})).get("/Fields", []):
        pdf.fault(f"{ref}: a field of no form")
    if not text_of(field.get("/TU")) or not text_of(field.get("/T")) or "/N" not in field.get("/AP", {}):
        pdf.fault(f"{ref}: a field without a name, a tooltip or a look")
    if "/A" in field or "/AA" in field:
        pdf.fault(f"{ref}: a field that runs something")


def check_links(pdf):
    for page in pdf.pages:
        for ref in pdf.get(pdf.get(page).get("/Annots", [])):
            a = pdf.get(ref)
            if a.get("/Subtype") == "/Widget":
                check_field(pdf, ref, a)
                continue
            action = pdf.get(a.get("/A", {}))
            if action.get("/S") == "/GoTo":
                check_destination(pdf, ref, pdf.get(action["/D"]))
            elif not re.match(r"u:(https?://|mailto:)", action.get("/URI", "")):
                pdf.fault(f"{ref}: an address that may do more than open a page: {action}")


def check_outline(pdf):
    titles, page_of = [], {}

    def walk(ref):
        while ref:
            o = pdf.get(ref)
            titles.append(text_of(o.get("/Title")))
            dest = pdf.get(o.get("/Dest"))
            check_destination(pdf, f"outline {titles[-1]!r}", dest)
            page_of.setdefault(titles[-1], []).append(str(pdf.pages.index(dest[0]) + 1))
            walk(o.get("/First"))
            ref = o.get("/Next")

    walk(pdf.get(pdf.catalog.get("/Outlines", {})).get("/First"))
    if not titles or "" in titles:
        pdf.fault(f"outline without titles: {titles}")
    return page_of


def check_contents(pdf):
    """Below the word Contents, each title stands with the page on which the outline says it is."""
    page_of = check_outline(pdf)
    text = run("pdftotext", "-l", "2", "-layout", pdf.path, "-").stdout.decode()
    entries = re.findall(r"(?:^ *|(?<=  ))(\S.*?) {2,}(\d+)(?= {2,}|$)", text.partition("\nContents\n")[2], re.M)
    found = [title for title, number in entries if number in page_of.get(title, [])]
    if len(pdf.pages) > 2 and len(found) < 2 <= sum(map(len, page_of.values())) - 1:
        pdf.fault(f"contents name the wrong pages: {entries}, outline {page_of}")


def check_document(pdf):
    info = pdf.get(pdf.objects["trailer"]["value"].get("/Info", {}))
    for key in ("/Title", "/Author", "/CreationDate"):
        if not text_of(info.get(key)):
            pdf.fault(f"no {key[1:]} is set")
    if not text_of(pdf.catalog.get("/Lang")):
        pdf.fault("no language is set")
    if pdf.get(pdf.catalog.get("/ViewerPreferences", {})).get("/DisplayDocTitle") is not True:
        pdf.fault("the title is not shown")
    for line in run("pdffonts", pdf.path).stdout.decode().splitlines()[2:]:
        if not re.search(r"(Identity-H\s+yes yes yes|WinAnsi\s+yes yes) ", line):
            pdf.fault(f"not embedded, subset and mapped to Unicode: {line}")


def check_tools(pdf):
    for command in (("qpdf", "--check", pdf.path), ("pdftotext", pdf.path, "-"),
                    ("pdftocairo", "-svg", pdf.path, "/dev/null")):
        out = run(*command)
        if out.returncode != 0 or out.stderr:
            pdf.fault(f"{command[0]}: {out.stderr.decode(errors='replace').strip()}")


# ---- ink ----

def is_han(c):
    return "\u2e80" <= c <= "\u9fff" or "\uf900" <= c <= "\uffef"


def check_ink(pdf):
    """Words of Chinese are looked at character by character: each takes the same width."""
    dpi = 150
    boxes = run("pdftotext", "-bbox", pdf.path, "-").stdout.decode(errors="replace")
    for number, page in enumerate(boxes.split("<page ")[1:], 1):
        words = re.findall(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" '
                           r'yMax="([\d.-]+)">(.*?)</word>', page)
        if not words:
            continue
        pgm = run("pdftoppm", "-r", str(dpi), "-gray", "-f", str(number), "-l", str(number), pdf.path).stdout
        width, height = map(int, re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", pgm).groups())
        pixels = pgm[-width * height:]
        for word in words:
            x0, y0, x1, y1 = (float(v) * dpi / 72 for v in word[:4])
            text = re.sub(r"&(?:#\d+|\w+);", "&", word[4])
            parts = len(text) if all(is_han(c) for c in text) else 1
            for i in range(parts):
                left, right = (max(0, int(x0 + (x1 - x0) * k / parts)) for k in (i, i + 1))
                darkest = min((min(pixels[y * width + left:y * width + right + 1], default=255)
                               for y in range(max(0, int(y0)), min(height, int(y1) + 1))), default=255)
                if darkest > 200:
                    pdf.fault(f"page {number}: no ink for {text!r} at {word[0]}, {word[1]}")


def main(paths):
    failed = 0
    for path in paths:
        pdf = Pdf(path)
        for check in (check_tools, check_document, check_structure, check_links, check_contents, check_ink):
            check(pdf)
        for fault in pdf.faults[:20]:
            print(f"FAIL {path}: {fault}")
        failed += bool(pdf.faults)
    print(f"{len(paths) - failed} passed, {failed} failed")
    return failed > 0 or not paths


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
