#!/bin/sh
# Builds all books into site/ and output/, on top of what is published, so that reports of earlier months stay and pages that
# are as before are not made again. `build.sh [OLD]`: a page tells what changed since that revision.
#   SALESBOOK_PUBLISH   what publish.sh publishes to; unset: nothing is fetched
#   SALESBOOK_AS_OF     the day to see the books as of: 2026-10-31 or today; unset: their latest fact
set -eu
program=${SALESBOOK:-salesbook}
old=${1:-}
if [ "${SALESBOOK_PUBLISH:-}" ]; then
    mkdir -p site output
    # What is not there yet, the first time, is no failure.
    rsync -a "$SALESBOOK_PUBLISH/site/" site/ || echo 'nothing is published yet'
    rsync -a "$SALESBOOK_PUBLISH/output/" output/ || true
fi
# Of the first push of a branch the old revision is all zeros; after a force push it may be gone.
if [ "$old" ] && ! git rev-parse --quiet --verify --end-of-options "$old^{commit}" >/dev/null; then
    echo "revision $old is not here: the site will not tell what changed"
    old=
fi
form=text
[ -z "${GITHUB_ACTIONS:-}" ] || form=github
set -- --diagnostics="$form"
[ -z "$old" ] || set -- "$@" --since="$old"
[ -z "${SALESBOOK_AS_OF:-}" ] || set -- "$@" --as-of="$SALESBOOK_AS_OF"
exec "$program" build "$@"
