#!/bin/sh
# Tells what changed between two revisions, `changes.sh OLD [NEW]`: writes changes.md, and where the pipeline runs for a pull or
# merge request puts it there as a comment, in the place of the one before. A comment that cannot be written (a request from a
# fork may not) is told and no failure.
#   GitHub: GITHUB_TOKEN, PULL_REQUEST (its number), GITHUB_REPOSITORY, GITHUB_API_URL
#   GitLab: SALESBOOK_GITLAB_TOKEN (a project token with scope api), CI_MERGE_REQUEST_IID, CI_PROJECT_ID, CI_API_V4_URL
set -eu
program=${SALESBOOK:-salesbook}
mark='<!-- salesbook: what changed -->'
most=60000 # GitHub takes 65,536 characters
{
    printf '%s\n' "$mark"
    "$program" diff --format=markdown "$1" "${2:-HEAD}" ||
        echo 'One of the two states cannot be read: salesbook check tells why.'
} >changes.md
if [ "$(wc -c <changes.md)" -gt "$most" ]; then
    # By whole lines, so that no character is cut.
    head -c "$most" changes.md | sed '$d' >changes.cut
    printf '\n\n(The rest is too long for a comment.)\n' >>changes.cut
    mv changes.cut changes.md
fi
[ -z "${GITHUB_STEP_SUMMARY:-}" ] || cat changes.md >>"$GITHUB_STEP_SUMMARY"

# ask METHOD URL [FILE]: the service's answer; the token goes in by standard input, where no list of processes shows it.
ask() {
    method=$1 url=$2 file=${3:-}
    set -- --silent --show-error --fail --max-time 60 --request "$method" --header @- --header 'Content-Type: application/json'
    [ -z "$file" ] || set -- "$@" --data-binary "@$file"
    printf '%s\n' "$header" | curl "$@" "$url"
}
# comment LIST CREATE CHANGE: addresses; a %s in the last stands for the number of the comment before.
comment() {
    jq -n --rawfile body changes.md '{body: $body}' >changes.json
    answer=$(ask GET "$1") || return 1
    id=$(printf '%s' "$answer" | jq -r --arg mark "$mark" '[.[] | select(.body | startswith($mark)) | .id] | last // empty') || return 1
    if [ "$id" ]; then
        # shellcheck disable=SC2059 # a pattern of ours
        ask "$change" "$(printf "$3" "$id")" changes.json >/dev/null
    else
        ask POST "$2" changes.json >/dev/null
    fi
}
# Those of others, and without rights to ours, stay; the text is in changes.md.
commented() {
    comment "$@" || echo 'the comment could not be written; changes.md has its text'
    rm -f changes.json
}

if [ "${PULL_REQUEST:-}" ] && [ "${GITHUB_TOKEN:-}" ]; then
    header="Authorization: Bearer $GITHUB_TOKEN" change=PATCH
    issues=$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/issues
    commented "$issues/$PULL_REQUEST/comments?per_page=100" "$issues/$PULL_REQUEST/comments" "$issues/comments/%s"
elif [ "${CI_MERGE_REQUEST_IID:-}" ] && [ "${SALESBOOK_GITLAB_TOKEN:-}" ]; then
    header="PRIVATE-TOKEN: $SALESBOOK_GITLAB_TOKEN" change=PUT
    notes=$CI_API_V4_URL/projects/$CI_PROJECT_ID/merge_requests/$CI_MERGE_REQUEST_IID/notes
    commented "$notes?per_page=100" "$notes" "$notes/%s"
else
    cat changes.md
fi
