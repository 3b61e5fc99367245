#!/bin/sh
# Closes August and September 2026 of security as if at their time: with the order line that was edited later
# (README.md, "a late edit") as it stood then. Run from the top of the tree after tables of that book have
# changed; else each change is a row that was edited since.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r input/security "$work/security"
line='2026-09-16,S26-00485,2,li.wei.2,C0035,SRV-EME,direct'
grep -q -x "$line,10,65000.00" "$work/security/sales.csv"
sed -i "s/^$line,10,65000.00\$/$line,8,52000.00/" "$work/security/sales.csv"
for month in 2026-08 2026-09; do
    "${SALESBOOK:-gen/build/salesbook}" close "$work/security" "$month" --force
done
mkdir -p input/security/closed
cp "$work/security/closed"/*.csv input/security/closed/
