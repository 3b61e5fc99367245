#!/usr/bin/env python3
"""fill.py BLANK FILLED: fills in every field of a form with qpdf, as a person would on a screen, and writes
it to FILLED: texts that name their field, the last of what is to choose from, a cross in every box. Prints a line for
each fault: a field without a name to read aloud, a text that the filled file does not show, a box that stays
empty. Ends with the number of fields."""
import json
import re
import subprocess
import sys


def run(*command):
    return subprocess.run(command, capture_output=True, check=False)


def pixels(path, page, box):
    """The darkness of what a box of a page holds, in all."""
    x, y, width, height = (round(v * 2) for v in box)
    pgm = run("pdftoppm", "-r", "144", "-gray", "-f", str(page), "-l", str(page), "-x", str(x), "-y", str(y),
              "-W", str(width), "-H", str(height), path).stdout
    return sum(255 - p for p in pgm[re.match(rb"P5\s+\d+\s+\d+\s+255\s", pgm).end():])


def main(blank, filled):
    read = json.loads(run("qpdf", "--json=2", blank).stdout)
    head, objects = read["qpdf"]
    pages = [page["object"] for page in read["pages"]]
    root = "obj:" + objects["trailer"]["value"]["/Root"]
    catalog = objects[root]["value"]
    form = catalog.get("/AcroForm", {})
    faults, patch, said, crosses, names = [], {}, [], [], set()

    for i, ref in enumerate(form.get("/Fields", [])):
        key = "obj:" + ref
        field = objects[key]["value"]
        if not field.get("/TU", "")[2:] or field.get("/T") in names or "." in field.get("/T", "."):
            faults.append(f"{ref}: its name is {field.get('/T')}, read aloud as {field.get('/TU')}")
        names.add(field.get("/T"))
        page = pages.index(field["/P"])
        height = objects["obj:" + field["/P"]]["value"]["/MediaBox"][3]
        x0, y0, x1, y1 = field["/Rect"]
        box = (x0 + 1, height - y1 + 1, x1 - x0 - 2, y1 - y0 - 2)
        if field["/FT"] == "/Btn":
            field["/V"] = field["/AS"] = "/Yes"
            crosses.append((page + 1, box))
        else:
            text = field["/Opt"][-1][2:] if field["/FT"] == "/Ch" else f"Said{i} in Zürich"
            said.append(text)
            field["/V"] = "u:" + text
        patch[key] = {"value": field}
    form["/NeedAppearances"] = True
    patch[root] = {"value": catalog}
    with open(filled + ".json", "w", encoding="utf-8") as f:
        json.dump({"qpdf": [head, patch]}, f)
    out = run("qpdf", blank, "--update-from-json=" + filled + ".json", "--generate-appearances",
              "--newline-before-endstream", filled)
    if out.returncode:
        faults.append(out.stderr.decode())
    text = " ".join(run("pdftotext", filled, "-").stdout.decode().split())
    faults += [f"does not show {t!r}" for t in said if t not in text]
    faults += [f"no cross at {box}" for page, box in crosses if pixels(filled, page, box) < pixels(blank, page, box) + 2000]
    for fault in faults:
        print(f"FAIL {blank}: {fault}")
    print(f"{len(names)} fields")
    return bool(faults) or not names


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
