extension Completions {
  /// The script for zsh: a file named _TOOL in a folder of `fpath`.
  var zsh: String {
    var table = ""
    for command in commands {
      let options = command.options.map { option in
        "\(option.name)\(option.takes.map { "=\($0)" } ?? ""):\(option.about)"
      }
      func lines(_ words: [String]) -> String { words.map { "\n        \(Completions.quoted($0))" }.joined() }
      table += """
            \(Completions.quoted(command.path)))
              offered=(\(lines(command.commands.map { "\($0.name):\($0.about)" })))
              flags=(\(lines(options)))
              arguments=(\(command.arguments.map(Completions.quoted).joined(separator: " ")))
              ;;

        """
    }
    return """
      #compdef \(tool)
      \(head)

      # What a command takes.
      \(function)_command() {
        offered=() flags=() arguments=()
        case $1 in
      \(table)  esac
      }

      # Whether an option takes a value, and which.
      \(function)_takes() {
        local found=${flags[(r)${(b)1}=*]}
        [[ -n $found ]] || return 1
        kind=${${found#*=}%%:*}
      }

      \(function)_values() {
        case $kind in
          .) _files ;;
          /) _files -/ ;;
          ?*) compadd -- ${(s:,:)kind} ;;
        esac
      }

      \(function)() {
        local at= word takes= kind= option
        local -a offered flags arguments names
        integer i given=0
        \(function)_command ''
        for ((i = 2; i < CURRENT; i++)); do
          word=${words[i]}
          if [[ -n $takes ]]; then
            takes=
            continue
          fi
          case $word in
            --)
              # A command of its own follows.
              shift $i words
              ((CURRENT -= i))
              if ((CURRENT == 1)); then _command_names -e; else _normal; fi
              return
              ;;
            -*=*) ;;
            -*) if \(function)_takes $word; then takes=1; fi ;;
            *)
              if ((!given && ${offered[(I)${(b)word}:*]})); then
                at+=" $word"
                \(function)_command $at
              else
                given+=1
              fi
              ;;
          esac
        done
        if [[ -n $takes ]]; then
          \(function)_values
        elif [[ $PREFIX == -*=* ]]; then
          \(function)_takes ${PREFIX%%=*} && compset -P '*=' && \(function)_values
        elif [[ $PREFIX == -* ]]; then
          for option in $flags; do names+=("${option%%[=:]*}:${option#*:}"); done
          _describe -o option names
        else
          if ((!given && ${#offered})); then _describe command offered; fi
          if ((${#arguments})); then
            kind=${arguments[given < ${#arguments} ? given + 1 : ${#arguments}]}
            \(function)_values
          fi
        fi
      }

      if [[ $funcstack[1] == _\(tool) ]]; then
        \(function) "$@"
      else
        compdef \(function) \(tool)
      fi

      """
  }
}
