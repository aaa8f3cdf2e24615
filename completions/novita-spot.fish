# Completes novita-spot in fish. Made by: novita-spot completion fish

# Prints the command on the line and the words after it that are no options. The command is the first word that is
# the name of one and is not the value of an option.
function __novita_spot_operands
    set -l words (commandline -opc)
    set -l before
    set -l found
    for word in $words[2..-1]
        if contains -- "$before" -o --output --env-file --accounts-dir --account --status --include --exclude --sort --metrics-file --pushgateway-url --plan --max-concurrent --max-per-run --save-data --fallback --on-notice --limit --port --scenario
            set before
            continue
        end
        set before $word
        if set -q found[1]
            string match -q -- '-*' $word; or set -a found $word
        else if contains -- $word list check migrate status sandbox completion help
            set found $word
        end
    end
    printf '%s\n' $found
end

# Whether the line is at this command; "" for none yet.
function __novita_spot_in
    set -l operands (__novita_spot_operands)
    test "$operands[1]" = "$argv[1]"
end

# Whether the line is at this command, and no word that is no option follows it.
function __novita_spot_at
    set -l operands (__novita_spot_operands)
    test (count $operands) -eq 1; and test $operands[1] = $argv[1]
end

# Whether the word before the cursor is this one.
function __novita_spot_after
    set -l words (commandline -opc)
    test "$words[-1]" = "$argv[1]"
end

complete -c novita-spot -f
complete -c novita-spot -n '__novita_spot_in ""' -a list -d 'Show every instance with its state and whether it would be migrated.'
complete -c novita-spot -n '__novita_spot_in ""' -a check -d 'Explain for each exited instance why it would or would not be migrated.'
complete -c novita-spot -n '__novita_spot_in ""' -a migrate -d 'Migrate every reclaimed instance.'
complete -c novita-spot -n '__novita_spot_in ""' -a status -d 'Show whether past runs went well, without a key or the network.'
complete -c novita-spot -n '__novita_spot_in ""' -a sandbox -d 'Serve the emulated Novita API on loopback until stopped.'
complete -c novita-spot -n '__novita_spot_in ""' -a completion -d 'Print the script that completes novita-spot in a shell.'
complete -c novita-spot -n '__novita_spot_in ""' -a help -d 'Show the help of a command.'
complete -c novita-spot -s h -l help -d 'show help'
complete -c novita-spot -l version -d 'show the version'
complete -c novita-spot -s o -l output -x -a 'table json markdown' -d 'how to print the result'
complete -c novita-spot -s q -l quiet -d 'print nothing unless something went wrong'
complete -c novita-spot -s v -l verbose -d 'log everything'
complete -c novita-spot -l no-color -d 'no colour'
complete -c novita-spot -l env-file -r -F -d 'read variables from a file; the environment and flags come before it'
complete -c novita-spot -l accounts-dir -x -a '(__fish_complete_directories)' -d 'run for each account of a folder of keys (NOVITA_ACCOUNTS_DIR)'
complete -c novita-spot -l account -x -d 'name of the account, or the only one of the folder (NOVITA_ACCOUNT)'
complete -c novita-spot -l sandbox -a 'demo empty large busy faults recovery capacity data fallback' -d 'use an emulated API instead of the real one; no key needed'
complete -c novita-spot -n '__novita_spot_after --sandbox' -a 'demo empty large busy faults recovery capacity data fallback' -d 'scenario'
complete -c novita-spot -n '__novita_spot_in list' -l status -x -d 'only instances of this status'
complete -c novita-spot -n '__novita_spot_in list' -l spot -d 'only spot instances'
complete -c novita-spot -n '__novita_spot_in list' -l eligible -d 'only instances that would be migrated'
complete -c novita-spot -n '__novita_spot_in list' -l include -x -d 'only names (globs) or ids like these, separated by commas'
complete -c novita-spot -n '__novita_spot_in list' -l exclude -x -d 'no names (globs) or ids like these'
complete -c novita-spot -n '__novita_spot_in list' -l sort -x -a 'name status reclaim product cluster verdict' -d 'sort by this instead of the order of the API'
complete -c novita-spot -n '__novita_spot_in list' -l wide -d 'show everything in full, also where the terminal is too narrow'
complete -c novita-spot -n '__novita_spot_in list' -l watch  -d 'look again and again, on a terminal, until Ctrl-C'
complete -c novita-spot -n '__novita_spot_in list' -n '__novita_spot_after --watch'  -d 'seconds'
complete -c novita-spot -n '__novita_spot_in check' -l detailed-exitcode -d 'exit with 2 when an instance would be migrated'
complete -c novita-spot -n '__novita_spot_in check' -l monitor -d 'print one line and exit as monitoring systems expect of a plugin'
complete -c novita-spot -n '__novita_spot_in check' -l metrics-file -r -F -d 'write metrics for node_exporter (MIGRATION_METRICS_FILE)'
complete -c novita-spot -n '__novita_spot_in check' -l pushgateway-url -x -d 'push metrics to a Pushgateway (MIGRATION_PUSHGATEWAY_URL)'
complete -c novita-spot -n '__novita_spot_in migrate' -l dry-run -d 'show what would be done and do nothing'
complete -c novita-spot -n '__novita_spot_in migrate' -l plan -r -F -d 'migrate what this report of a dry run planned and nothing else; - reads it from stdin'
complete -c novita-spot -n '__novita_spot_in migrate' -s y -l yes -d 'do not ask'
complete -c novita-spot -n '__novita_spot_in migrate' -l max-concurrent -x -d 'migrations in flight (MIGRATION_MAX_CONCURRENT)'
complete -c novita-spot -n '__novita_spot_in migrate' -l max-per-run -x -d 'migrations in this run, 0 for no limit (MIGRATION_MAX_PER_RUN)'
complete -c novita-spot -n '__novita_spot_in migrate' -l save-data -x -a 'off try require' -d 'keep the data on the disks (MIGRATION_SAVE_DATA)'
complete -c novita-spot -n '__novita_spot_in migrate' -l fallback -x -a 'none start' -d 'what to do when no node has room (MIGRATION_FALLBACK)'
complete -c novita-spot -n '__novita_spot_in migrate' -l wait  -d 'follow accepted migrations until their instances run; without a value for 10m (MIGRATION_WAIT_SECONDS)'
complete -c novita-spot -n '__novita_spot_in migrate' -n '__novita_spot_after --wait'  -d 'duration'
complete -c novita-spot -n '__novita_spot_in migrate' -l force -d 'pass over pending or stale reclaims, cooldown, quarantine and local data; needs ids, names or --plan'
complete -c novita-spot -n '__novita_spot_in migrate' -l detailed-exitcode -d 'with --dry-run: exit with 2 when an instance would be migrated'
complete -c novita-spot -n '__novita_spot_in migrate' -l metrics-file -r -F -d 'write metrics for node_exporter (MIGRATION_METRICS_FILE)'
complete -c novita-spot -n '__novita_spot_in migrate' -l pushgateway-url -x -d 'push metrics to a Pushgateway (MIGRATION_PUSHGATEWAY_URL)'
complete -c novita-spot -n '__novita_spot_in migrate' -l on-notice -r -F -d 'run this program once for each reclaim notice, without a shell (MIGRATION_ON_NOTICE)'
complete -c novita-spot -n '__novita_spot_in status' -l limit -x -d 'how many runs to show'
complete -c novita-spot -n '__novita_spot_in sandbox' -l port -x -d 'the port to listen on; 0 takes any free one'
complete -c novita-spot -n '__novita_spot_in sandbox' -l scenario -x -a 'demo empty large busy faults recovery capacity data fallback' -d 'what the account holds'
complete -c novita-spot -n '__novita_spot_at completion' -a 'bash zsh fish' -d 'the shell'
complete -c novita-spot -n '__novita_spot_at help' -a 'list check migrate status sandbox completion' -d 'the command'
