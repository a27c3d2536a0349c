extension Completions {
  /// The script for bash, from version 3.2 on.
  var bash: String {
    var table = ""
    for command in commands {
      let options = command.options.map { option in option.takes.map { "\(option.name)=\($0)" } ?? option.name }
      table += """
            \(Completions.quoted(command.path)))
              commands=\(Completions.quoted(command.commands.map(\.name).joined(separator: " ")))
              options=\(Completions.quoted(options.joined(separator: " ")))
              arguments=(\(command.arguments.map(Completions.quoted).joined(separator: " ")))
              ;;

        """
    }
    return """
      \(head)

      # What a command takes.
      \(function)_command() {
        commands= options= arguments=()
        case $1 in
      \(table)  esac
      }

      # Whether an option takes a value, and which.
      \(function)_takes() {
        local option
        for option in $options; do
          if [[ $option == "$1="* ]]; then
            kind=${option#*=}
            return 0
          fi
        done
        return 1
      }

      # Offers words that begin with the one at the cursor; what each begins with that is not part of it comes first.
      \(function)_offer() {
        local word
        while IFS= read -r word; do COMPREPLY+=("$1$word"); done
      }

      \(function)_values() {
        case $kind in
          .) compopt -o filenames 2>/dev/null; \(function)_offer "$2" < <(compgen -f -- "$1") ;;
          /) compopt -o filenames 2>/dev/null; \(function)_offer "$2" < <(compgen -d -- "$1") ;;
          ?*) \(function)_offer "$2" < <(compgen -W "${kind//,/ }" -- "$1") ;;
        esac
      }

      \(function)() {
        local at= commands options word takes= kind= names= i
        local -a arguments
        local -i given=0
        local current=${COMP_WORDS[COMP_CWORD]}
        COMPREPLY=()
        \(function)_command ''
        for ((i = 1; i < COMP_CWORD; i++)); do
          word=${COMP_WORDS[i]}
          if [[ -n $takes ]]; then
            # Bash takes --option=value for three words.
            [[ $word == = ]] || takes=
            continue
          fi
          case $word in
            --)
              # A command of its own follows.
              if declare -F _command_offset > /dev/null; then
                _command_offset $((i + 1))
              elif ((i + 1 == COMP_CWORD)); then
                \(function)_offer '' < <(compgen -c -- "$current")
              else
                kind=.
                \(function)_values "$current" ''
              fi
              return
              ;;
            -*=*) ;;
            -*) if \(function)_takes "$word"; then takes=1; fi ;;
            *)
              if ((given == 0)) && [[ " $commands " == *" $word "* ]]; then
                at+=" $word"
                \(function)_command "$at"
              else
                given+=1
              fi
              ;;
          esac
        done
        if [[ -n $takes ]]; then
          [[ $current == = ]] && current=
          \(function)_values "$current" ''
        elif [[ $current == -*=* ]]; then
          \(function)_takes "${current%%=*}" && \(function)_values "${current#*=}" "${current%%=*}="
        elif [[ $current == -* ]]; then
          for word in $options; do names+=" ${word%%=*}"; done
          \(function)_offer '' < <(compgen -W "$names" -- "$current")
        else
          if ((given == 0)); then \(function)_offer '' < <(compgen -W "$commands" -- "$current"); fi
          if ((${#arguments[@]} > 0)); then
            kind=${arguments[given < ${#arguments[@]} ? given : ${#arguments[@]} - 1]}
            \(function)_values "$current" ''
          fi
        fi
      }

      complete -F \(function) \(tool)

      """
  }
}
