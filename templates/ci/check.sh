#!/bin/sh
# Whether data and templates are sound. What is wrong is told as the pipeline shows it: on GitHub beside the line in the
# commit, and whole in the summary of the run. `check.sh [BOOK…]`, from the top of the repository.
set -eu
form=text
[ -z "${GITHUB_ACTIONS:-}" ] || form=github
exec "${SALESBOOK:-salesbook}" check --diagnostics="$form" "$@"
