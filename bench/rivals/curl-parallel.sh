#!/usr/bin/env bash
# Lists with one curl that reads several pages at once into files, and one jq; migrates with one curl in the same way.
# Usage: curl-parallel.sh list|migrate, with NOVITA_API_BASE_URL, NOVITA_API_KEY, PAGES_AT_ONCE and MIGRATIONS_AT_ONCE.
set -euo pipefail
folder=$(dirname "$0")
api=$NOVITA_API_BASE_URL/gpu-instance/openapi/v1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The key goes through a file of ours alone: arguments are shown to everybody on the machine.
printf 'silent\nshow-error\nfail\nheader = "Content-Type: application/json"\nheader = "Authorization: Bearer %s"\n' \
  "$NOVITA_API_KEY" >"$work/config"

list=$api/gpu/instances?pageSize=100
curl --config "$work/config" --max-time 30 --output "$work/page-1" "$list&pageNum=1"
pages=$((($(jq .total "$work/page-1") + 99) / 100))
if ((pages > 1)); then
  curl --config "$work/config" --max-time 600 --parallel --parallel-immediate --parallel-max "$PAGES_AT_ONCE" \
    --output "$work/page-#1" "$list&pageNum=[2-$pages]"
fi
eval "files=(\"\$work\"/page-{1..$pages})"
jq --raw-output --from-file "$folder/select.jq" "${files[@]}" >"$work/ids"

if [ "$1" = migrate ] && [ -s "$work/ids" ]; then
  while read -r id; do
    printf 'next\nsilent\nshow-error\nfail\nheader = "Content-Type: application/json"\n'
    printf 'header = "Authorization: Bearer %s"\n' "$NOVITA_API_KEY"
    printf 'output = /dev/null\nurl = "%s"\ndata = "{\\"instanceId\\":\\"%s\\"}"\n' "$api/gpu/instance/migrate" "$id"
  done <"$work/ids" >"$work/migrations"
  curl --config "$work/migrations" --max-time 600 --parallel --parallel-max "$MIGRATIONS_AT_ONCE"
fi
cat "$work/ids"
