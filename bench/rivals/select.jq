# The instances that were reclaimed: exited, reclaimed in the past, and not started since.
def seconds: if type == "string" and test("^[0-9]+$") then tonumber elif type == "number" then . else 0 end;

.instances[]
| (.spotReclaimTime | seconds) as $reclaimed
| select(.status == "exited" and $reclaimed > 0 and $reclaimed <= now + 60)
| select((.lastStartedAt | seconds) <= $reclaimed)
| .id
