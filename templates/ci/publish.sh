#!/bin/sh
# Publishes site/ and output/ by rsync: reports before the pages that lead to them, and each file whole. Folders `private` hold
# what is one person's or one audience's own, so they go nowhere unless SALESBOOK_PRIVATE names a place for them. What the next
# build need not make again, output/.cache, holds every table and goes nowhere: pipelines keep it for themselves.
#   SALESBOOK_PUBLISH   user@host:/srv/sales, or a folder
#   SALESBOOK_PRIVATE   likewise, guarded; optional
set -eu
to=${SALESBOOK_PUBLISH:?name where to publish: user@host:/srv/sales}
case $to in *:*) ;; *) mkdir -p "$to" ;; esac
rsync -a --delete --delete-after --delay-updates --exclude='/*/private/' --exclude='/.cache/' --exclude='/.*.lock' output/ "$to/output/"
rsync -a --delete --delete-after --delay-updates --exclude='/.*.lock' site/ "$to/site/"
if [ "${SALESBOOK_PRIVATE:-}" ]; then
    case $SALESBOOK_PRIVATE in *:*) ;; *) mkdir -p "$SALESBOOK_PRIVATE" ;; esac
    rsync -a --prune-empty-dirs --include='/*/' --include='/*/private/***' --exclude='*' output/ "$SALESBOOK_PRIVATE/"
fi
