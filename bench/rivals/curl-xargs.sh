#!/usr/bin/env bash
# Lists with several curls at once, each into a jq, and migrates with several at once while the list is still read.
# Usage: curl-xargs.sh list|migrate, with NOVITA_API_BASE_URL, NOVITA_API_KEY, PAGES_AT_ONCE and MIGRATIONS_AT_ONCE.
set -euo pipefail
folder=$(dirname "$0")
export api=$NOVITA_API_BASE_URL/gpu-instance/openapi/v1
export selection=$folder/select.jq
export config
config=$(mktemp)
trap 'rm -f "$config"' EXIT
# The key goes through a file of ours alone: arguments are shown to everybody on the machine.
printf 'silent\nshow-error\nfail\nmax-time = 30\nheader = "Content-Type: application/json"\nheader = "Authorization: Bearer %s"\n' \
  "$NOVITA_API_KEY" >"$config"

first=$(curl --config "$config" "$api/gpu/instances?pageSize=100&pageNum=1")
total=$(jq .total <<<"$first")

ids() {
  jq --raw-output --from-file "$selection" <<<"$first"
  if ((total > 100)); then
    seq 2 $(((total + 99) / 100)) |
      xargs -P "$PAGES_AT_ONCE" -I {} bash -c \
        'set -o pipefail; curl --config "$config" "$api/gpu/instances?pageSize=100&pageNum=$1" | jq --raw-output --from-file "$selection"' page {}
  fi
}

if [ "$1" = migrate ]; then
  ids | xargs -P "$MIGRATIONS_AT_ONCE" -I {} curl --config "$config" --output /dev/null --write-out '{}\n' \
    --data '{"instanceId":"{}"}' "$api/gpu/instance/migrate"
else
  ids
fi
