#!/usr/bin/env python3
"""cut.py BOOK COPY DAY: the book as it was on that day. Facts after it are left out, and a deal that was
decided later is open again; what is no fact stays as it is."""
import csv
import os
import shutil
import sys

DATED = {"sales": "date", "traffic": "date", "deals": "opened", "deal_stages": "entered",
         "deal_gates": "passed", "deal_dates": "noted", "invoices": "date", "payments": "date",
         "promises": "promised_on", "deal_notes": "date", "visits": "date"}


def reopen(deal, day):
    if deal["closed"] > day:
        deal.update(closed="", state="open", reason="")


def main(book, copy, day):
    shutil.copytree(book, copy)
    for table, column in DATED.items():
        path = os.path.join(copy, table + ".csv")
        if not os.path.exists(path):
            continue
        with open(path, newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            rows = [row for row in reader if row[column] <= day]
        if table == "deals":
            for row in rows:
                reopen(row, day)
        with open(path, "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, reader.fieldnames, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


main(*sys.argv[1:])
