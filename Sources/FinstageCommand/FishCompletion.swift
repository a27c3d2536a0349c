extension Completions {
  /// The script for fish.
  var fish: String {
    let function = "_" + self.function
    func quoted(_ text: String) -> String {
      "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    }
    func entries(_ words: [(name: String, about: String)]) -> String {
      words.map { " \\\n                \(quoted($0.name))\\t\(quoted($0.about))" }.joined()
    }
    var table = ""
    for command in commands {
      let options = command.options.map { option in
        (name: option.name + (option.takes.map { "=\($0)" } ?? ""), about: option.about)
      }
      table += """
                case \(quoted(command.path))
                    set commands\(entries(command.commands))
                    set options\(entries(options))
                    set arguments\(command.arguments.map { " " + quoted($0) }.joined())

        """
    }
    return """
      \(head)

      # What a command takes.
      function \(function)_command --no-scope-shadowing
          switch $at
      \(table)    end
      end

      # Whether an option takes a value, and which.
      function \(function)_takes --no-scope-shadowing
          for option in $options
              set -l name (string split -m 1 \\t -- $option)[1]
              if string match -q -- "$argv[1]=*" $name
                  set kind (string split -m 1 = -- $name)[2]
                  return 0
              end
          end
          return 1
      end

      function \(function)_values
          switch $argv[1]
              case ''
              case .
                  __fish_complete_path $argv[2]
              case /
                  __fish_complete_directories $argv[2]
              case '*'
                  string split , -- $argv[1]
          end
      end

      function \(function)
          set -l commands
          set -l options
          set -l arguments
          set -l at ''
          set -l takes 0
          set -l kind ''
          set -l given 0
          set -l words (commandline -opc)
          set -l current (commandline -ct)
          \(function)_command
          for i in (seq (count $words))
              test $i = 1; and continue
              set -l word $words[$i]
              if test $takes = 1
                  set takes 0
                  continue
              end
              switch $word
                  case --
                      # A command of its own follows.
                      set -e words[1..$i]
                      complete -C (string join ' ' -- (string escape -- $words) "$current")
                      return
                  case '-*=*'
                  case '-*'
                      \(function)_takes $word; and set takes 1
                  case '*'
                      if test $given = 0; and string match -qr -- "^$(string escape --style=regex -- $word)\\t" $commands
                          set at "$at $word"
                          \(function)_command
                      else
                          set given (math $given + 1)
                      end
              end
          end
          if test $takes = 1
              \(function)_values "$kind" "$current"
          else if string match -q -- '-*=*' $current
              set -l parts (string split -m 1 = -- $current)
              \(function)_takes $parts[1]; and string replace -r -- '^' "$parts[1]=" (\(function)_values "$kind" "$parts[2]")
          else if string match -q -- '-*' $current
              string replace -r -- '=[^\\t]*' '' $options
          else
              test $given = 0; and string join \\n -- $commands
              if set -q arguments[1]
                  set -l place (math "min($given + 1, $(count $arguments))")
                  \(function)_values "$arguments[$place]" "$current"
              end
          end
      end

      complete -c \(tool) -e
      complete -c \(tool) -f -a '(\(function))'

      """
  }
}
