# Completes novita-spot in bash. Made by: novita-spot completion bash

_novita_spot() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
  local prefix= attached= command= operands=0 before= words= word i
  COMPREPLY=()

  # bash hands over "--output=json" as three words, or as one where "=" does not break words.
  if [[ $current == "=" ]]; then
    attached=1 current=
  elif [[ $previous == "=" ]]; then
    attached=1 previous=${COMP_WORDS[COMP_CWORD-2]}
  elif [[ $current == --*=* ]]; then
    attached=1 previous=${current%%=*} prefix=${current%%=*}= current=${current#*=}
  fi

  # The command is the first word that is the name of one and is not the value of an option.
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    case $word in
      --) return ;;
      =) continue ;;
    esac
    case $before in
      -o | --output | --env-file | --accounts-dir | --account | --status | --include | --exclude | --sort | --metrics-file | --pushgateway-url | --plan | --max-concurrent | --max-per-run | --save-data | --fallback | --on-notice | --limit | --port | --scenario) word= ;;
    esac
    before=$word
    if [[ -n $command ]]; then
      [[ -z $word || $word == -* ]] || operands=$((operands + 1))
      continue
    fi
    case $word in
      list | check | migrate | status | sandbox | completion | help) command=$word ;;
    esac
  done

  case $previous in
    -o | --output) _novita_spot_words 'table json markdown'; return ;;
    --env-file) _novita_spot_paths default file; return ;;
    --accounts-dir) _novita_spot_paths dirnames directory; return ;;
    --account) :; return ;;
    --sandbox) if [[ -n $attached ]]; then _novita_spot_words 'demo empty large busy faults recovery capacity data fallback'; return; fi; words='demo empty large busy faults recovery capacity data fallback' ;;
    --status) :; return ;;
    --include) :; return ;;
    --exclude) :; return ;;
    --sort) _novita_spot_words 'name status reclaim product cluster verdict'; return ;;
    --watch) if [[ -n $attached ]]; then :; return; fi; : ;;
    --metrics-file) _novita_spot_paths default file; return ;;
    --pushgateway-url) :; return ;;
    --plan) _novita_spot_paths default file; return ;;
    --max-concurrent) :; return ;;
    --max-per-run) :; return ;;
    --save-data) _novita_spot_words 'off try require'; return ;;
    --fallback) _novita_spot_words 'none start'; return ;;
    --wait) if [[ -n $attached ]]; then :; return; fi; : ;;
    --on-notice) _novita_spot_paths default file; return ;;
    --limit) :; return ;;
    --port) :; return ;;
    --scenario) _novita_spot_words 'demo empty large busy faults recovery capacity data fallback'; return ;;
  esac
  [[ -n $attached ]] && return

  case $command,$operands in
    ,*) words="$words list check migrate status sandbox completion help" ;;
    completion,0) words="$words bash zsh fish" ;;
    help,0) words="$words list check migrate status sandbox completion" ;;
  esac
  if [[ $current == -* || -z $words ]]; then
    case $command in
      '') words='--version -o --output -q --quiet -v --verbose --no-color --env-file --accounts-dir --account --sandbox -h --help' ;;
      list) words='--status --spot --eligible --include --exclude --sort --wide --watch -h --help --version -o --output -q --quiet -v --verbose --no-color --env-file --accounts-dir --account --sandbox' ;;
      check) words='--detailed-exitcode --monitor --metrics-file --pushgateway-url -h --help --version -o --output -q --quiet -v --verbose --no-color --env-file --accounts-dir --account --sandbox' ;;
      migrate) words='--dry-run --plan -y --yes --max-concurrent --max-per-run --save-data --fallback --wait --force --detailed-exitcode --metrics-file --pushgateway-url --on-notice -h --help --version -o --output -q --quiet -v --verbose --no-color --env-file --accounts-dir --account --sandbox' ;;
      status) words='--limit -h --help --version -o --output -q --quiet -v --verbose --no-color --env-file --accounts-dir --account --sandbox' ;;
      sandbox) words='--port --scenario -h --help --version -o --output -q --quiet -v --verbose --no-color --env-file --accounts-dir --account --sandbox' ;;
      completion) words='-h --help --version -o --output -q --quiet -v --verbose --no-color --env-file --accounts-dir --account --sandbox' ;;
      help) words='--version -o --output -q --quiet -v --verbose --no-color --env-file --accounts-dir --account --sandbox' ;;
    esac
  fi
  _novita_spot_words "$words"
}

_novita_spot_words() {
  COMPREPLY=($(compgen -P "$prefix" -W "$1" -- "$current"))
}

# readline knows best how to quote a file name; where it cannot be asked, plain names do.
_novita_spot_paths() {
  [[ -z $prefix ]] && compopt -o "$1" 2>/dev/null && return
  while IFS= read -r word; do
    COMPREPLY+=("$word")
  done < <(compgen -P "$prefix" -A "$2" -- "$current")
}

complete -F _novita_spot novita-spot
