#!/usr/bin/env bash
# Lists with one curl and one jq for each page, and migrates with one curl after another.
# Usage: curl-loop.sh list|migrate, with NOVITA_API_BASE_URL and NOVITA_API_KEY.
set -euo pipefail
folder=$(dirname "$0")
api=$NOVITA_API_BASE_URL/gpu-instance/openapi/v1

# The key goes through a descriptor: arguments are shown to everybody on the machine.
ask() {
  curl --silent --show-error --fail --max-time 30 --header 'Content-Type: application/json' \
    --config <(printf 'header = "Authorization: Bearer %s"\n' "$NOVITA_API_KEY") "$@"
}

ids=()
page=1
pages=1
while ((page <= pages)); do
  answer=$(ask "$api/gpu/instances?pageSize=100&pageNum=$page")
  mapfile -t lines < <(jq --raw-output ".total, ($(<"$folder/select.jq"))" <<<"$answer")
  pages=$(((lines[0] + 99) / 100))
  ids+=("${lines[@]:1}")
  page=$((page + 1))
done

for id in "${ids[@]}"; do
  if [ "$1" = migrate ]; then
    ask --output /dev/null --data "{\"instanceId\":\"$id\"}" "$api/gpu/instance/migrate"
  fi
  printf '%s\n' "$id"
done
