#compdef fs-frame

__fs-frame_complete() {
    local -ar non_empty_completions=("${@:#(|:*)}")
    local -ar empty_completions=("${(M)@:#(|:*)}")
    _describe -V '' non_empty_completions -- empty_completions -P $'\'\''
}

__fs-frame_custom_complete() {
    local -a completions
    completions=("${(@f)"$("${command_name}" "${@}" "${command_line[@]}")"}")
    if [[ "${#completions[@]}" -gt 1 ]]; then
        __fs-frame_complete "${completions[@]:0:-1}"
    fi
}

__fs-frame_cursor_index_in_current_word() {
    if [[ -z "${QIPREFIX}${IPREFIX}${PREFIX}" ]]; then
        printf 0
    else
        printf %s "${#${(z)LBUFFER}[-1]}"
    fi
}

_fs-frame() {
    emulate -RL zsh -G
    setopt extendedglob nullglob numericglobsort
    unsetopt aliases banghist

    local -xr SAP_SHELL=zsh
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(builtin emulate zsh -c 'printf %s "${ZSH_VERSION}"')"
    local -r SAP_SHELL_VERSION

    local context state state_descr line
    local -A opt_args

    local -r command_name="${words[1]}"
    local -ar command_line=("${words[@]}")
    local -ir current_word_index="$((CURRENT - 1))"

    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'convert:Write the rows in another format.'
            'info:Show rows, columns, types, nulls and bounds, and the size as text, as a plain frame, narrowed, and on disk.'
            'optimize:Narrow each column as far as its values allow, without loss unless --aggressive is given.'
            'head:Write the first rows.'
            'tail:Write the last rows.'
            'sample:Write a random sample of the rows, in their order.'
            'select:Write some columns, in the order given.'
            'drop:Write all columns except some.'
            'rename:Rename columns.'
            'cast:Convert columns to other types; a value that would change is an error.'
            'fill:Fill in missing values: with the last value of the same symbol, or with a number.'
            'filter:Write the rows for which an expression is true.'
            'compute:Add computed columns.'
            'sort:Sort the rows by columns; equal rows keep their order, nulls come last.'
            'dedup:Write only one of the rows with the same symbol and time.'
            'merge:Merge files sorted by the same columns into one sorted file; memory use does not grow with their length.'
            'join:Put the columns of a second file beside those of the first, by symbol and time.'
            'resample:Combine bars into longer ones: the first open, highest high, lowest low and last close, and the total volume.'
            'validate:Find bars that cannot be right: impossible, zero or negative prices, spikes, duplicates, gaps, wrong order.'
            'describe:Show count, nulls, mean, standard deviation, minimum, quartiles and maximum of each column.'
            'plot:Draw candlesticks with volume, indicators over them and oscillators below, as SVG or, with --term, as text.'
            'save:Save bars in a store (SQLite): add new bars, replace bars that differ, and remove none.'
            'load:Write the bars of a store, for some symbols or all.'
            'db:Inspect and maintain a store of bars.'
            'help:Show subcommand help information.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        convert|info|optimize|head|tail|sample|select|drop|rename|cast|fill|filter|compute|sort|dedup|merge|join|resample|validate|describe|plot|save|load|db|help)
            "_fs-frame_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_fs-frame_convert() {
    local -i ret=1
    local -ar ___input_format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___on_error=('stop' 'skip' 'pass')
    local -ar ___format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--bars[Rename the columns of common services (Date, Adj Close, o, v, ...) to those of bars\: ts, open, high, low, ...]'
        '--symbol[The symbol, if the input has no such column; implies --bars.]:symbol:'
        '--input-format[The format of the input (default\: detected from its first bytes).]:input-format:{__fs-frame_complete "${___input_format[@]}"}'
        '--columns[Read only these columns.]:a,b:'
        '--infer-rows[How many records to infer columns and types from; 0 for all, which are then kept in memory.]:infer-rows:'
        '--on-error[Bad records\: stop at the first, or skip them.]:on-error:{__fs-frame_complete "${___on_error[@]}"}'
        '--delimiter[The separator of CSV fields (default\: detected); \\t is a tab.]:character:'
        '--text[CSV\: these columns are texts, whatever they look like (symbol always is).]:a,b:'
        '--types[CSV\: the types of columns\: text, int64, float64, date, timestamp or bool.]:a=int64,b=text:'
        '--null[CSV\: texts that stand for no value, instead of null, nan, NA, N/A and - in numbers.]:a,b:'
        '--comment[CSV\: pass over lines that begin with this character.]:character:'
        '--date-format[CSV\: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I\:%M %p'\''; ISO 8601 is understood all the same.]:pattern:'
        '--input-zone[CSV\: the zone of times that name none, by its name in the tz database.]:zone:'
        '--decimal-comma[Numbers in CSV have a decimal comma instead of a decimal point.]'
        '--format[The format to write.]:format:{__fs-frame_complete "${___format[@]}"}'
        '--doubles[Parquet and Arrow\: prices are doubles, for arithmetic in pandas and Polars; also prices that came as decimals.]'
        '--decimals[Parquet and Arrow\: prices are exact decimals, where their values allow it (the default for Parquet).]'
        '--timestamps[Parquet and Arrow\: dates are timestamps (midnight, without a time zone), as pandas wants its index.]'
        '--cluster[Parquet\: sort each row group by this column, then by ts.]:column:'
        '--row-group[Parquet\: rows in a row group, 1024 to 10,000,000 (default\: 131,072; with --cluster 524,288).]:row-group:'
        '--codec[Parquet\: none, gzip or zstd (default\: chosen for each column). Arrow\: none or zstd.]:codec:'
        '--line-buffered[Write rows as soon as they are available (the default on a terminal).]'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-frame_complete "${___color[@]}"}'
        '*:files:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-frame_info() {
    local -i ret=1
    local -ar ___input_format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___on_error=('stop' 'skip' 'pass')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--json[Write one JSON object for each file instead of a table.]'
        '--input-format[The format of the input (default\: detected from its first bytes).]:input-format:{__fs-frame_complete "${___input_format[@]}"}'
        '--columns[Read only these columns.]:a,b:'
        '--infer-rows[How many records to infer columns and types from; 0 for all, which are then kept in memory.]:infer-rows:'
        '--on-error[Bad records\: stop at the first, or skip them.]:on-error:{__fs-frame_complete "${___on_error[@]}"}'
        '--delimiter[The separator of CSV fields (default\: detected); \\t is a tab.]:character:'
        '--text[CSV\: these columns are texts, whatever they look like (symbol always is).]:a,b:'
        '--types[CSV\: the types of columns\: text, int64, float64, date, timestamp or bool.]:a=int64,b=text:'
        '--null[CSV\: texts that stand for no value, instead of null, nan, NA, N/A and - in numbers.]:a,b:'
        '--comment[CSV\: pass over lines that begin with this character.]:character:'
        '--date-format[CSV\: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I\:%M %p'\''; ISO 8601 is understood all the same.]:pattern:'
        '--input-zone[CSV\: the zone of times that name none, by its name in the tz database.]:zone:'
        '--decimal-comma[Numbers in CSV have a decimal comma instead of a decimal point.]'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-frame_complete "${___color[@]}"}'
        '*:files:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-frame_optimize() {
    local -i ret=1
    local -ar ___input_format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___on_error=('stop' 'skip' 'pass')
    local -ar ___format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--report[Report the type and size of each column, before and after, on standard error.]'
        '--json[Write the report as one JSON object.]'
        '--aggressive[Round doubles to 32 bits if no value changes by more than --max-error; never times or volumes.]'
        '--max-error[The largest relative change that --aggressive may make.]:max-error:'
        '--input-format[The format of the input (default\: detected from its first bytes).]:input-format:{__fs-frame_complete "${___input_format[@]}"}'
        '--columns[Read only these columns.]:a,b:'
        '--infer-rows[How many records to infer columns and types from; 0 for all, which are then kept in memory.]:infer-rows:'
        '--on-error[Bad records\: stop at the first, or skip them.]:on-error:{__fs-frame_complete "${___on_error[@]}"}'
        '--delimiter[The separator of CSV fields (default\: detected); \\t is a tab.]:character:'
        '--text[CSV\: these columns are texts, whatever they look like (symbol always is).]:a,b:'
        '--types[CSV\: the types of columns\: text, int64, float64, date, timestamp or bool.]:a=int64,b=text:'
        '--null[CSV\: texts that stand for no value, instead of null, nan, NA, N/A and - in numbers.]:a,b:'
        '--comment[CSV\: pass over lines that begin with this character.]:character:'
        '--date-format[CSV\: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I\:%M %p'\''; ISO 8601 is understood all the same.]:pattern:'
        '--input-zone[CSV\: the zone of times that name none, by its name in the tz database.]:zone:'
        '--decimal-comma[Numbers in CSV have a decimal comma instead of a decimal point.]'
        '--format[The format to write.]:format:{__fs-frame_complete "${___format[@]}"}'
        '--doubles[Parquet and Arrow\: prices are doubles, for arithmetic in pandas and Polars; also prices that came as decimals.]'
        '--decimals[Parquet and Arrow\: prices are exact decimals, where their values allow it (the default for Parquet).]'
        '--timestamps[Parquet and Arrow\: dates are timestamps (midnight, without a time zone), as pandas wants its index.]'
        '--cluster[Parquet\: sort each row group by this column, then by ts.]:column:'
        '--row-group[Parquet\: rows in a row group, 1024 to 10,000,000 (default\: 131,072; with --cluster 524,288).]:row-group:'
        '--codec[Parquet\: none, gzip or zstd (default\: chosen for each column). Arrow\: none or zstd.]:codec:'
        '--line-buffered[Write rows as soon as they are available (the default on a terminal).]'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-frame_complete "${___color[@]}"}'
        '*:files:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-frame_head() {
    local -i ret=1
    local -ar ___input_format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___on_error=('stop' 'skip' 'pass')
    local -ar ___format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '(-n --rows)'{-n,--rows}'[How many rows.]:rows:'
        '--by[Write that many for each value of these columns.]:a,b:'
        '--input-format[The format of the input (default\: detected from its first bytes).]:input-format:{__fs-frame_complete "${___input_format[@]}"}'
        '--columns[Read only these columns.]:a,b:'
        '--infer-rows[How many records to infer columns and types from; 0 for all, which are then kept in memory.]:infer-rows:'
        '--on-error[Bad records\: stop at the first, or skip them.]:on-error:{__fs-frame_complete "${___on_error[@]}"}'
        '--delimiter[The separator of CSV fields (default\: detected); \\t is a tab.]:character:'
        '--text[CSV\: these columns are texts, whatever they look like (symbol always is).]:a,b:'
        '--types[CSV\: the types of columns\: text, int64, float64, date, timestamp or bool.]:a=int64,b=text:'
        '--null[CSV\: texts that stand for no value, instead of null, nan, NA, N/A and - in numbers.]:a,b:'
        '--comment[CSV\: pass over lines that begin with this character.]:character:'
        '--date-format[CSV\: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I\:%M %p'\''; ISO 8601 is understood all the same.]:pattern:'
        '--input-zone[CSV\: the zone of times that name none, by its name in the tz database.]:zone:'
        '--decimal-comma[Numbers in CSV have a decimal comma instead of a decimal point.]'
        '--format[The format to write.]:format:{__fs-frame_complete "${___format[@]}"}'
        '--doubles[Parquet and Arrow\: prices are doubles, for arithmetic in pandas and Polars; also prices that came as decimals.]'
        '--decimals[Parquet and Arrow\: prices are exact decimals, where their values allow it (the default for Parquet).]'
        '--timestamps[Parquet and Arrow\: dates are timestamps (midnight, without a time zone), as pandas wants its index.]'
        '--cluster[Parquet\: sort each row group by this column, then by ts.]:column:'
        '--row-group[Parquet\: rows in a row group, 1024 to 10,000,000 (default\: 131,072; with --cluster 524,288).]:row-group:'
        '--codec[Parquet\: none, gzip or zstd (default\: chosen for each column). Arrow\: none or zstd.]:codec:'
        '--line-buffered[Write rows as soon as they are available (the default on a terminal).]'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-frame_complete "${___color[@]}"}'
        '*:files:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-frame_tail() {
    local -i ret=1
    local -ar ___input_format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___on_error=('stop' 'skip' 'pass')
    local -ar ___format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '(-n --rows)'{-n,--rows}'[How many rows.]:rows:'
        '--by[Write that many for each value of these columns.]:a,b:'
        '--input-format[The format of the input (default\: detected from its first bytes).]:input-format:{__fs-frame_complete "${___input_format[@]}"}'
        '--columns[Read only these columns.]:a,b:'
        '--infer-rows[How many records to infer columns and types from; 0 for all, which are then kept in memory.]:infer-rows:'
        '--on-error[Bad records\: stop at the first, or skip them.]:on-error:{__fs-frame_complete "${___on_error[@]}"}'
        '--delimiter[The separator of CSV fields (default\: detected); \\t is a tab.]:character:'
        '--text[CSV\: these columns are texts, whatever they look like (symbol always is).]:a,b:'
        '--types[CSV\: the types of columns\: text, int64, float64, date, timestamp or bool.]:a=int64,b=text:'
        '--null[CSV\: texts that stand for no value, instead of null, nan, NA, N/A and - in numbers.]:a,b:'
        '--comment[CSV\: pass over lines that begin with this character.]:character:'
        '--date-format[CSV\: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I\:%M %p'\''; ISO 8601 is understood all the same.]:pattern:'
        '--input-zone[CSV\: the zone of times that name none, by its name in the tz database.]:zone:'
        '--decimal-comma[Numbers in CSV have a decimal comma instead of a decimal point.]'
        '--format[The format to write.]:format:{__fs-frame_complete "${___format[@]}"}'
        '--doubles[Parquet and Arrow\: prices are doubles, for arithmetic in pandas and Polars; also prices that came as decimals.]'
        '--decimals[Parquet and Arrow\: prices are exact decimals, where their values allow it (the default for Parquet).]'
        '--timestamps[Parquet and Arrow\: dates are timestamps (midnight, without a time zone), as pandas wants its index.]'
        '--cluster[Parquet\: sort each row group by this column, then by ts.]:column:'
        '--row-group[Parquet\: rows in a row group, 1024 to 10,000,000 (default\: 131,072; with --cluster 524,288).]:row-group:'
        '--codec[Parquet\: none, gzip or zstd (default\: chosen for each column). Arrow\: none or zstd.]:codec:'
        '--line-buffered[Write rows as soon as they are available (the default on a terminal).]'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-frame_complete "${___color[@]}"}'
        '*:files:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-frame_sample() {
    local -i ret=1
    local -ar ___input_format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___on_error=('stop' 'skip' 'pass')
    local -ar ___format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '(-n --rows)'{-n,--rows}'[How many rows.]:rows:'
        '--fraction[The share of rows, 0 to 1.]:fraction:'
        '--seed[The same seed gives the same rows.]:seed:'
        '--input-format[The format of the input (default\: detected from its first bytes).]:input-format:{__fs-frame_complete "${___input_format[@]}"}'
        '--columns[Read only these columns.]:a,b:'
        '--infer-rows[How many records to infer columns and types from; 0 for all, which are then kept in memory.]:infer-rows:'
        '--on-error[Bad records\: stop at the first, or skip them.]:on-error:{__fs-frame_complete "${___on_error[@]}"}'
        '--delimiter[The separator of CSV fields (default\: detected); \\t is a tab.]:character:'
        '--text[CSV\: these columns are texts, whatever they look like (symbol always is).]:a,b:'
        '--types[CSV\: the types of columns\: text, int64, float64, date, timestamp or bool.]:a=int64,b=text:'
        '--null[CSV\: texts that stand for no value, instead of null, nan, NA, N/A and - in numbers.]:a,b:'
        '--comment[CSV\: pass over lines that begin with this character.]:character:'
        '--date-format[CSV\: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I\:%M %p'\''; ISO 8601 is understood all the same.]:pattern:'
        '--input-zone[CSV\: the zone of times that name none, by its name in the tz database.]:zone:'
        '--decimal-comma[Numbers in CSV have a decimal comma instead of a decimal point.]'
        '--format[The format to write.]:format:{__fs-frame_complete "${___format[@]}"}'
        '--doubles[Parquet and Arrow\: prices are doubles, for arithmetic in pandas and Polars; also prices that came as decimals.]'
        '--decimals[Parquet and Arrow\: prices are exact decimals, where their values allow it (the default for Parquet).]'
        '--timestamps[Parquet and Arrow\: dates are timestamps (midnight, without a time zone), as pandas wants its index.]'
        '--cluster[Parquet\: sort each row group by this column, then by ts.]:column:'
        '--row-group[Parquet\: rows in a row group, 1024 to 10,000,000 (default\: 131,072; with --cluster 524,288).]:row-group:'
        '--codec[Parquet\: none, gzip or zstd (default\: chosen for each column). Arrow\: none or zstd.]:codec:'
        '--line-buffered[Write rows as soon as they are available (the default on a terminal).]'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-frame_complete "${___color[@]}"}'
        '*:files:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-frame_select() {
    local -i ret=1
    local -ar ___input_format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___on_error=('stop' 'skip' 'pass')
    local -ar ___format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':a,b:'
        '--input-format[The format of the input (default\: detected from its first bytes).]:input-format:{__fs-frame_complete "${___input_format[@]}"}'
        '--columns[Read only these columns.]:a,b:'
        '--infer-rows[How many records to infer columns and types from; 0 for all, which are then kept in memory.]:infer-rows:'
        '--on-error[Bad records\: stop at the first, or skip them.]:on-error:{__fs-frame_complete "${___on_error[@]}"}'
        '--delimiter[The separator of CSV fields (default\: detected); \\t is a tab.]:character:'
        '--text[CSV\: these columns are texts, whatever they look like (symbol always is).]:a,b:'
        '--types[CSV\: the types of columns\: text, int64, float64, date, timestamp or bool.]:a=int64,b=text:'
        '--null[CSV\: texts that stand for no value, instead of null, nan, NA, N/A and - in numbers.]:a,b:'
        '--comment[CSV\: pass over lines that begin with this character.]:character:'
        '--date-format[CSV\: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I\:%M %p'\''; ISO 8601 is understood all the same.]:pattern:'
        '--input-zone[CSV\: the zone of times that name none, by its name in the tz database.]:zone:'
        '--decimal-comma[Numbers in CSV have a decimal comma instead of a decimal point.]'
        '--format[The format to write.]:format:{__fs-frame_complete "${___format[@]}"}'
        '--doubles[Parquet and Arrow\: prices are doubles, for arithmetic in pandas and Polars; also prices that came as decimals.]'
        '--decimals[Parquet and Arrow\: prices are exact decimals, where their values allow it (the default for Parquet).]'
        '--timestamps[Parquet and Arrow\: dates are timestamps (midnight, without a time zone), as pandas wants its index.]'
        '--cluster[Parquet\: sort each row group by this column, then by ts.]:column:'
        '--row-group[Parquet\: rows in a row group, 1024 to 10,000,000 (default\: 131,072; with --cluster 524,288).]:row-group:'
        '--codec[Parquet\: none, gzip or zstd (default\: chosen for each column). Arrow\: none or zstd.]:codec:'
        '--line-buffered[Write rows as soon as they are available (the default on a terminal).]'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-frame_complete "${___color[@]}"}'
        '*:files:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-frame_drop() {
    local -i ret=1
    local -ar ___input_format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___on_error=('stop' 'skip' 'pass')
    local -ar ___format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':a,b:'
        '--input-format[The format of the input (default\: detected from its first bytes).]:input-format:{__fs-frame_complete "${___input_format[@]}"}'
        '--columns[Read only these columns.]:a,b:'
        '--infer-rows[How many records to infer columns and types from; 0 for all, which are then kept in memory.]:infer-rows:'
        '--on-error[Bad records\: stop at the first, or skip them.]:on-error:{__fs-frame_complete "${___on_error[@]}"}'
        '--delimiter[The separator of CSV fields (default\: detected); \\t is a tab.]:character:'
        '--text[CSV\: these columns are texts, whatever they look like (symbol always is).]:a,b:'
        '--types[CSV\: the types of columns\: text, int64, float64, date, timestamp or bool.]:a=int64,b=text:'
        '--null[CSV\: texts that stand for no value, instead of null, nan, NA, N/A and - in numbers.]:a,b:'
        '--comment[CSV\: pass over lines that begin with this character.]:character:'
        '--date-format[CSV\: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I\:%M %p'\''; ISO 8601 is understood all the same.]:pattern:'
        '--input-zone[CSV\: the zone of times that name none, by its name in the tz database.]:zone:'
        '--decimal-comma[Numbers in CSV have a decimal comma instead of a decimal point.]'
        '--format[The format to write.]:format:{__fs-frame_complete "${___format[@]}"}'
        '--doubles[Parquet and Arrow\: prices are doubles, for arithmetic in pandas and Polars; also prices that came as decimals.]'
        '--decimals[Parquet and Arrow\: prices are exact decimals, where their values allow it (the default for Parquet).]'
        '--timestamps[Parquet and Arrow\: dates are timestamps (midnight, without a time zone), as pandas wants its index.]'
        '--cluster[Parquet\: sort each row group by this column, then by ts.]:column:'
        '--row-group[Parquet\: rows in a row group, 1024 to 10,000,000 (default\: 131,072; with --cluster 524,288).]:row-group:'
        '--codec[Parquet\: none, gzip or zstd (default\: chosen for each column). Arrow\: none or zstd.]:codec:'
        '--line-buffered[Write rows as soon as they are available (the default on a terminal).]'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-frame_complete "${___color[@]}"}'
        '*:files:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-frame_rename() {
    local -i ret=1
    local -ar ___input_format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___on_error=('stop' 'skip' 'pass')
    local -ar ___format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':old=new,...:'
        '--input-format[The format of the input (default\: detected from its first bytes).]:input-format:{__fs-frame_complete "${___input_format[@]}"}'
        '--columns[Read only these columns.]:a,b:'
        '--infer-rows[How many records to infer columns and types from; 0 for all, which are then kept in memory.]:infer-rows:'
        '--on-error[Bad records\: stop at the first, or skip them.]:on-error:{__fs-frame_complete "${___on_error[@]}"}'
        '--delimiter[The separator of CSV fields (default\: detected); \\t is a tab.]:character:'
        '--text[CSV\: these columns are texts, whatever they look like (symbol always is).]:a,b:'
        '--types[CSV\: the types of columns\: text, int64, float64, date, timestamp or bool.]:a=int64,b=text:'
        '--null[CSV\: texts that stand for no value, instead of null, nan, NA, N/A and - in numbers.]:a,b:'
        '--comment[CSV\: pass over lines that begin with this character.]:character:'
        '--date-format[CSV\: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I\:%M %p'\''; ISO 8601 is understood all the same.]:pattern:'
        '--input-zone[CSV\: the zone of times that name none, by its name in the tz database.]:zone:'
        '--decimal-comma[Numbers in CSV have a decimal comma instead of a decimal point.]'
        '--format[The format to write.]:format:{__fs-frame_complete "${___format[@]}"}'
        '--doubles[Parquet and Arrow\: prices are doubles, for arithmetic in pandas and Polars; also prices that came as decimals.]'
        '--decimals[Parquet and Arrow\: prices are exact decimals, where their values allow it (the default for Parquet).]'
        '--timestamps[Parquet and Arrow\: dates are timestamps (midnight, without a time zone), as pandas wants its index.]'
        '--cluster[Parquet\: sort each row group by this column, then by ts.]:column:'
        '--row-group[Parquet\: rows in a row group, 1024 to 10,000,000 (default\: 131,072; with --cluster 524,288).]:row-group:'
        '--codec[Parquet\: none, gzip or zstd (default\: chosen for each column). Arrow\: none or zstd.]:codec:'
        '--line-buffered[Write rows as soon as they are available (the default on a terminal).]'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-frame_complete "${___color[@]}"}'
        '*:files:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-frame_cast() {
    local -i ret=1
    local -ar ___input_format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___on_error=('stop' 'skip' 'pass')
    local -ar ___format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':column=type,...:'
        '--force[Replace values that the type cannot hold with null.]'
        '--input-format[The format of the input (default\: detected from its first bytes).]:input-format:{__fs-frame_complete "${___input_format[@]}"}'
        '--columns[Read only these columns.]:a,b:'
        '--infer-rows[How many records to infer columns and types from; 0 for all, which are then kept in memory.]:infer-rows:'
        '--on-error[Bad records\: stop at the first, or skip them.]:on-error:{__fs-frame_complete "${___on_error[@]}"}'
        '--delimiter[The separator of CSV fields (default\: detected); \\t is a tab.]:character:'
        '--text[CSV\: these columns are texts, whatever they look like (symbol always is).]:a,b:'
        '--types[CSV\: the types of columns\: text, int64, float64, date, timestamp or bool.]:a=int64,b=text:'
        '--null[CSV\: texts that stand for no value, instead of null, nan, NA, N/A and - in numbers.]:a,b:'
        '--comment[CSV\: pass over lines that begin with this character.]:character:'
        '--date-format[CSV\: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I\:%M %p'\''; ISO 8601 is understood all the same.]:pattern:'
        '--input-zone[CSV\: the zone of times that name none, by its name in the tz database.]:zone:'
        '--decimal-comma[Numbers in CSV have a decimal comma instead of a decimal point.]'
        '--format[The format to write.]:format:{__fs-frame_complete "${___format[@]}"}'
        '--doubles[Parquet and Arrow\: prices are doubles, for arithmetic in pandas and Polars; also prices that came as decimals.]'
        '--decimals[Parquet and Arrow\: prices are exact decimals, where their values allow it (the default for Parquet).]'
        '--timestamps[Parquet and Arrow\: dates are timestamps (midnight, without a time zone), as pandas wants its index.]'
        '--cluster[Parquet\: sort each row group by this column, then by ts.]:column:'
        '--row-group[Parquet\: rows in a row group, 1024 to 10,000,000 (default\: 131,072; with --cluster 524,288).]:row-group:'
        '--codec[Parquet\: none, gzip or zstd (default\: chosen for each column). Arrow\: none or zstd.]:codec:'
        '--line-buffered[Write rows as soon as they are available (the default on a terminal).]'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-frame_complete "${___color[@]}"}'
        '*:files:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-frame_fill() {
    local -i ret=1
    local -ar ___input_format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___on_error=('stop' 'skip' 'pass')
    local -ar ___format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--with[A number instead of the last value.]:number:'
        '--only[Fill these columns (default\: all numeric columns).]:a,b:'
        '--by[Carry values over only between rows with the same value in this column.]:by:'
        '--input-format[The format of the input (default\: detected from its first bytes).]:input-format:{__fs-frame_complete "${___input_format[@]}"}'
        '--columns[Read only these columns.]:a,b:'
        '--infer-rows[How many records to infer columns and types from; 0 for all, which are then kept in memory.]:infer-rows:'
        '--on-error[Bad records\: stop at the first, or skip them.]:on-error:{__fs-frame_complete "${___on_error[@]}"}'
        '--delimiter[The separator of CSV fields (default\: detected); \\t is a tab.]:character:'
        '--text[CSV\: these columns are texts, whatever they look like (symbol always is).]:a,b:'
        '--types[CSV\: the types of columns\: text, int64, float64, date, timestamp or bool.]:a=int64,b=text:'
        '--null[CSV\: texts that stand for no value, instead of null, nan, NA, N/A and - in numbers.]:a,b:'
        '--comment[CSV\: pass over lines that begin with this character.]:character:'
        '--date-format[CSV\: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I\:%M %p'\''; ISO 8601 is understood all the same.]:pattern:'
        '--input-zone[CSV\: the zone of times that name none, by its name in the tz database.]:zone:'
        '--decimal-comma[Numbers in CSV have a decimal comma instead of a decimal point.]'
        '--format[The format to write.]:format:{__fs-frame_complete "${___format[@]}"}'
        '--doubles[Parquet and Arrow\: prices are doubles, for arithmetic in pandas and Polars; also prices that came as decimals.]'
        '--decimals[Parquet and Arrow\: prices are exact decimals, where their values allow it (the default for Parquet).]'
        '--timestamps[Parquet and Arrow\: dates are timestamps (midnight, without a time zone), as pandas wants its index.]'
        '--cluster[Parquet\: sort each row group by this column, then by ts.]:column:'
        '--row-group[Parquet\: rows in a row group, 1024 to 10,000,000 (default\: 131,072; with --cluster 524,288).]:row-group:'
        '--codec[Parquet\: none, gzip or zstd (default\: chosen for each column). Arrow\: none or zstd.]:codec:'
        '--line-buffered[Write rows as soon as they are available (the default on a terminal).]'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-frame_complete "${___color[@]}"}'
        '*:files:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-frame_filter() {
    local -i ret=1
    local -ar ___input_format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___on_error=('stop' 'skip' 'pass')
    local -ar ___format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':expression:'
        '--input-format[The format of the input (default\: detected from its first bytes).]:input-format:{__fs-frame_complete "${___input_format[@]}"}'
        '--columns[Read only these columns.]:a,b:'
        '--infer-rows[How many records to infer columns and types from; 0 for all, which are then kept in memory.]:infer-rows:'
        '--on-error[Bad records\: stop at the first, or skip them.]:on-error:{__fs-frame_complete "${___on_error[@]}"}'
        '--delimiter[The separator of CSV fields (default\: detected); \\t is a tab.]:character:'
        '--text[CSV\: these columns are texts, whatever they look like (symbol always is).]:a,b:'
        '--types[CSV\: the types of columns\: text, int64, float64, date, timestamp or bool.]:a=int64,b=text:'
        '--null[CSV\: texts that stand for no value, instead of null, nan, NA, N/A and - in numbers.]:a,b:'
        '--comment[CSV\: pass over lines that begin with this character.]:character:'
        '--date-format[CSV\: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I\:%M %p'\''; ISO 8601 is understood all the same.]:pattern:'
        '--input-zone[CSV\: the zone of times that name none, by its name in the tz database.]:zone:'
        '--decimal-comma[Numbers in CSV have a decimal comma instead of a decimal point.]'
        '--format[The format to write.]:format:{__fs-frame_complete "${___format[@]}"}'
        '--doubles[Parquet and Arrow\: prices are doubles, for arithmetic in pandas and Polars; also prices that came as decimals.]'
        '--decimals[Parquet and Arrow\: prices are exact decimals, where their values allow it (the default for Parquet).]'
        '--timestamps[Parquet and Arrow\: dates are timestamps (midnight, without a time zone), as pandas wants its index.]'
        '--cluster[Parquet\: sort each row group by this column, then by ts.]:column:'
        '--row-group[Parquet\: rows in a row group, 1024 to 10,000,000 (default\: 131,072; with --cluster 524,288).]:row-group:'
        '--codec[Parquet\: none, gzip or zstd (default\: chosen for each column). Arrow\: none or zstd.]:codec:'
        '--line-buffered[Write rows as soon as they are available (the default on a terminal).]'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-frame_complete "${___color[@]}"}'
        '*:files:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-frame_compute() {
    local -i ret=1
    local -ar ___input_format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___on_error=('stop' 'skip' 'pass')
    local -ar ___format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':name = expression:'
        '--input-format[The format of the input (default\: detected from its first bytes).]:input-format:{__fs-frame_complete "${___input_format[@]}"}'
        '--columns[Read only these columns.]:a,b:'
        '--infer-rows[How many records to infer columns and types from; 0 for all, which are then kept in memory.]:infer-rows:'
        '--on-error[Bad records\: stop at the first, or skip them.]:on-error:{__fs-frame_complete "${___on_error[@]}"}'
        '--delimiter[The separator of CSV fields (default\: detected); \\t is a tab.]:character:'
        '--text[CSV\: these columns are texts, whatever they look like (symbol always is).]:a,b:'
        '--types[CSV\: the types of columns\: text, int64, float64, date, timestamp or bool.]:a=int64,b=text:'
        '--null[CSV\: texts that stand for no value, instead of null, nan, NA, N/A and - in numbers.]:a,b:'
        '--comment[CSV\: pass over lines that begin with this character.]:character:'
        '--date-format[CSV\: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I\:%M %p'\''; ISO 8601 is understood all the same.]:pattern:'
        '--input-zone[CSV\: the zone of times that name none, by its name in the tz database.]:zone:'
        '--decimal-comma[Numbers in CSV have a decimal comma instead of a decimal point.]'
        '--format[The format to write.]:format:{__fs-frame_complete "${___format[@]}"}'
        '--doubles[Parquet and Arrow\: prices are doubles, for arithmetic in pandas and Polars; also prices that came as decimals.]'
        '--decimals[Parquet and Arrow\: prices are exact decimals, where their values allow it (the default for Parquet).]'
        '--timestamps[Parquet and Arrow\: dates are timestamps (midnight, without a time zone), as pandas wants its index.]'
        '--cluster[Parquet\: sort each row group by this column, then by ts.]:column:'
        '--row-group[Parquet\: rows in a row group, 1024 to 10,000,000 (default\: 131,072; with --cluster 524,288).]:row-group:'
        '--codec[Parquet\: none, gzip or zstd (default\: chosen for each column). Arrow\: none or zstd.]:codec:'
        '--line-buffered[Write rows as soon as they are available (the default on a terminal).]'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-frame_complete "${___color[@]}"}'
        '*:files:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-frame_sort() {
    local -i ret=1
    local -ar ___input_format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___on_error=('stop' 'skip' 'pass')
    local -ar ___format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':a,-b:'
        '--memory[How much to keep in memory.]:size:'
        '--input-format[The format of the input (default\: detected from its first bytes).]:input-format:{__fs-frame_complete "${___input_format[@]}"}'
        '--columns[Read only these columns.]:a,b:'
        '--infer-rows[How many records to infer columns and types from; 0 for all, which are then kept in memory.]:infer-rows:'
        '--on-error[Bad records\: stop at the first, or skip them.]:on-error:{__fs-frame_complete "${___on_error[@]}"}'
        '--delimiter[The separator of CSV fields (default\: detected); \\t is a tab.]:character:'
        '--text[CSV\: these columns are texts, whatever they look like (symbol always is).]:a,b:'
        '--types[CSV\: the types of columns\: text, int64, float64, date, timestamp or bool.]:a=int64,b=text:'
        '--null[CSV\: texts that stand for no value, instead of null, nan, NA, N/A and - in numbers.]:a,b:'
        '--comment[CSV\: pass over lines that begin with this character.]:character:'
        '--date-format[CSV\: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I\:%M %p'\''; ISO 8601 is understood all the same.]:pattern:'
        '--input-zone[CSV\: the zone of times that name none, by its name in the tz database.]:zone:'
        '--decimal-comma[Numbers in CSV have a decimal comma instead of a decimal point.]'
        '--format[The format to write.]:format:{__fs-frame_complete "${___format[@]}"}'
        '--doubles[Parquet and Arrow\: prices are doubles, for arithmetic in pandas and Polars; also prices that came as decimals.]'
        '--decimals[Parquet and Arrow\: prices are exact decimals, where their values allow it (the default for Parquet).]'
        '--timestamps[Parquet and Arrow\: dates are timestamps (midnight, without a time zone), as pandas wants its index.]'
        '--cluster[Parquet\: sort each row group by this column, then by ts.]:column:'
        '--row-group[Parquet\: rows in a row group, 1024 to 10,000,000 (default\: 131,072; with --cluster 524,288).]:row-group:'
        '--codec[Parquet\: none, gzip or zstd (default\: chosen for each column). Arrow\: none or zstd.]:codec:'
        '--line-buffered[Write rows as soon as they are available (the default on a terminal).]'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-frame_complete "${___color[@]}"}'
        '*:files:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-frame_dedup() {
    local -i ret=1
    local -ar ___input_format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___on_error=('stop' 'skip' 'pass')
    local -ar ___format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--by[The columns that must be the same; '\''all'\'' for whole rows.]:a,b:'
        '--last[Write the last of them instead of the first; this keeps all rows in memory.]'
        '--input-format[The format of the input (default\: detected from its first bytes).]:input-format:{__fs-frame_complete "${___input_format[@]}"}'
        '--columns[Read only these columns.]:a,b:'
        '--infer-rows[How many records to infer columns and types from; 0 for all, which are then kept in memory.]:infer-rows:'
        '--on-error[Bad records\: stop at the first, or skip them.]:on-error:{__fs-frame_complete "${___on_error[@]}"}'
        '--delimiter[The separator of CSV fields (default\: detected); \\t is a tab.]:character:'
        '--text[CSV\: these columns are texts, whatever they look like (symbol always is).]:a,b:'
        '--types[CSV\: the types of columns\: text, int64, float64, date, timestamp or bool.]:a=int64,b=text:'
        '--null[CSV\: texts that stand for no value, instead of null, nan, NA, N/A and - in numbers.]:a,b:'
        '--comment[CSV\: pass over lines that begin with this character.]:character:'
        '--date-format[CSV\: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I\:%M %p'\''; ISO 8601 is understood all the same.]:pattern:'
        '--input-zone[CSV\: the zone of times that name none, by its name in the tz database.]:zone:'
        '--decimal-comma[Numbers in CSV have a decimal comma instead of a decimal point.]'
        '--format[The format to write.]:format:{__fs-frame_complete "${___format[@]}"}'
        '--doubles[Parquet and Arrow\: prices are doubles, for arithmetic in pandas and Polars; also prices that came as decimals.]'
        '--decimals[Parquet and Arrow\: prices are exact decimals, where their values allow it (the default for Parquet).]'
        '--timestamps[Parquet and Arrow\: dates are timestamps (midnight, without a time zone), as pandas wants its index.]'
        '--cluster[Parquet\: sort each row group by this column, then by ts.]:column:'
        '--row-group[Parquet\: rows in a row group, 1024 to 10,000,000 (default\: 131,072; with --cluster 524,288).]:row-group:'
        '--codec[Parquet\: none, gzip or zstd (default\: chosen for each column). Arrow\: none or zstd.]:codec:'
        '--line-buffered[Write rows as soon as they are available (the default on a terminal).]'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-frame_complete "${___color[@]}"}'
        '*:files:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-frame_merge() {
    local -i ret=1
    local -ar ___input_format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___on_error=('stop' 'skip' 'pass')
    local -ar ___format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--by[The columns that the files are sorted by.]:a,-b:'
        '--input-format[The format of the input (default\: detected from its first bytes).]:input-format:{__fs-frame_complete "${___input_format[@]}"}'
        '--columns[Read only these columns.]:a,b:'
        '--infer-rows[How many records to infer columns and types from; 0 for all, which are then kept in memory.]:infer-rows:'
        '--on-error[Bad records\: stop at the first, or skip them.]:on-error:{__fs-frame_complete "${___on_error[@]}"}'
        '--delimiter[The separator of CSV fields (default\: detected); \\t is a tab.]:character:'
        '--text[CSV\: these columns are texts, whatever they look like (symbol always is).]:a,b:'
        '--types[CSV\: the types of columns\: text, int64, float64, date, timestamp or bool.]:a=int64,b=text:'
        '--null[CSV\: texts that stand for no value, instead of null, nan, NA, N/A and - in numbers.]:a,b:'
        '--comment[CSV\: pass over lines that begin with this character.]:character:'
        '--date-format[CSV\: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I\:%M %p'\''; ISO 8601 is understood all the same.]:pattern:'
        '--input-zone[CSV\: the zone of times that name none, by its name in the tz database.]:zone:'
        '--decimal-comma[Numbers in CSV have a decimal comma instead of a decimal point.]'
        '--format[The format to write.]:format:{__fs-frame_complete "${___format[@]}"}'
        '--doubles[Parquet and Arrow\: prices are doubles, for arithmetic in pandas and Polars; also prices that came as decimals.]'
        '--decimals[Parquet and Arrow\: prices are exact decimals, where their values allow it (the default for Parquet).]'
        '--timestamps[Parquet and Arrow\: dates are timestamps (midnight, without a time zone), as pandas wants its index.]'
        '--cluster[Parquet\: sort each row group by this column, then by ts.]:column:'
        '--row-group[Parquet\: rows in a row group, 1024 to 10,000,000 (default\: 131,072; with --cluster 524,288).]:row-group:'
        '--codec[Parquet\: none, gzip or zstd (default\: chosen for each column). Arrow\: none or zstd.]:codec:'
        '--line-buffered[Write rows as soon as they are available (the default on a terminal).]'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-frame_complete "${___color[@]}"}'
        '*:files:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-frame_join() {
    local -i ret=1
    local -ar ___input_format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___on_error=('stop' 'skip' 'pass')
    local -ar ___format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':left:_files'
        ':right:_files'
        '--on[The columns that must be the same (default\: symbol,ts).]:a,b:'
        '--asof[Match the last row that is not later, instead of the row with the same time.]'
        '--tolerance[With --asof\: match no row older than this.]:span:'
        '--inner[Leave out rows without a match in the second file.]'
        '--input-format[The format of the input (default\: detected from its first bytes).]:input-format:{__fs-frame_complete "${___input_format[@]}"}'
        '--columns[Read only these columns.]:a,b:'
        '--infer-rows[How many records to infer columns and types from; 0 for all, which are then kept in memory.]:infer-rows:'
        '--on-error[Bad records\: stop at the first, or skip them.]:on-error:{__fs-frame_complete "${___on_error[@]}"}'
        '--delimiter[The separator of CSV fields (default\: detected); \\t is a tab.]:character:'
        '--text[CSV\: these columns are texts, whatever they look like (symbol always is).]:a,b:'
        '--types[CSV\: the types of columns\: text, int64, float64, date, timestamp or bool.]:a=int64,b=text:'
        '--null[CSV\: texts that stand for no value, instead of null, nan, NA, N/A and - in numbers.]:a,b:'
        '--comment[CSV\: pass over lines that begin with this character.]:character:'
        '--date-format[CSV\: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I\:%M %p'\''; ISO 8601 is understood all the same.]:pattern:'
        '--input-zone[CSV\: the zone of times that name none, by its name in the tz database.]:zone:'
        '--decimal-comma[Numbers in CSV have a decimal comma instead of a decimal point.]'
        '--format[The format to write.]:format:{__fs-frame_complete "${___format[@]}"}'
        '--doubles[Parquet and Arrow\: prices are doubles, for arithmetic in pandas and Polars; also prices that came as decimals.]'
        '--decimals[Parquet and Arrow\: prices are exact decimals, where their values allow it (the default for Parquet).]'
        '--timestamps[Parquet and Arrow\: dates are timestamps (midnight, without a time zone), as pandas wants its index.]'
        '--cluster[Parquet\: sort each row group by this column, then by ts.]:column:'
        '--row-group[Parquet\: rows in a row group, 1024 to 10,000,000 (default\: 131,072; with --cluster 524,288).]:row-group:'
        '--codec[Parquet\: none, gzip or zstd (default\: chosen for each column). Arrow\: none or zstd.]:codec:'
        '--line-buffered[Write rows as soon as they are available (the default on a terminal).]'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-frame_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-frame_resample() {
    local -i ret=1
    local -ar ___input_format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___on_error=('stop' 'skip' 'pass')
    local -ar ___format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':period:'
        '--zone[The time zone of the exchange, by its name in the tz database.]:zone:'
        '--session[The hours of the exchange, such as 09\:30-16\:00.]:hours:'
        '--input-format[The format of the input (default\: detected from its first bytes).]:input-format:{__fs-frame_complete "${___input_format[@]}"}'
        '--columns[Read only these columns.]:a,b:'
        '--infer-rows[How many records to infer columns and types from; 0 for all, which are then kept in memory.]:infer-rows:'
        '--on-error[Bad records\: stop at the first, or skip them.]:on-error:{__fs-frame_complete "${___on_error[@]}"}'
        '--delimiter[The separator of CSV fields (default\: detected); \\t is a tab.]:character:'
        '--text[CSV\: these columns are texts, whatever they look like (symbol always is).]:a,b:'
        '--types[CSV\: the types of columns\: text, int64, float64, date, timestamp or bool.]:a=int64,b=text:'
        '--null[CSV\: texts that stand for no value, instead of null, nan, NA, N/A and - in numbers.]:a,b:'
        '--comment[CSV\: pass over lines that begin with this character.]:character:'
        '--date-format[CSV\: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I\:%M %p'\''; ISO 8601 is understood all the same.]:pattern:'
        '--input-zone[CSV\: the zone of times that name none, by its name in the tz database.]:zone:'
        '--decimal-comma[Numbers in CSV have a decimal comma instead of a decimal point.]'
        '--format[The format to write.]:format:{__fs-frame_complete "${___format[@]}"}'
        '--doubles[Parquet and Arrow\: prices are doubles, for arithmetic in pandas and Polars; also prices that came as decimals.]'
        '--decimals[Parquet and Arrow\: prices are exact decimals, where their values allow it (the default for Parquet).]'
        '--timestamps[Parquet and Arrow\: dates are timestamps (midnight, without a time zone), as pandas wants its index.]'
        '--cluster[Parquet\: sort each row group by this column, then by ts.]:column:'
        '--row-group[Parquet\: rows in a row group, 1024 to 10,000,000 (default\: 131,072; with --cluster 524,288).]:row-group:'
        '--codec[Parquet\: none, gzip or zstd (default\: chosen for each column). Arrow\: none or zstd.]:codec:'
        '--line-buffered[Write rows as soon as they are available (the default on a terminal).]'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-frame_complete "${___color[@]}"}'
        '*:files:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-frame_validate() {
    local -i ret=1
    local -ar ___input_format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___on_error=('stop' 'skip' 'pass')
    local -ar ___format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--repair[Write the bars, repaired where possible, instead of the findings.]'
        '--input-format[The format of the input (default\: detected from its first bytes).]:input-format:{__fs-frame_complete "${___input_format[@]}"}'
        '--columns[Read only these columns.]:a,b:'
        '--infer-rows[How many records to infer columns and types from; 0 for all, which are then kept in memory.]:infer-rows:'
        '--on-error[Bad records\: stop at the first, or skip them.]:on-error:{__fs-frame_complete "${___on_error[@]}"}'
        '--delimiter[The separator of CSV fields (default\: detected); \\t is a tab.]:character:'
        '--text[CSV\: these columns are texts, whatever they look like (symbol always is).]:a,b:'
        '--types[CSV\: the types of columns\: text, int64, float64, date, timestamp or bool.]:a=int64,b=text:'
        '--null[CSV\: texts that stand for no value, instead of null, nan, NA, N/A and - in numbers.]:a,b:'
        '--comment[CSV\: pass over lines that begin with this character.]:character:'
        '--date-format[CSV\: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I\:%M %p'\''; ISO 8601 is understood all the same.]:pattern:'
        '--input-zone[CSV\: the zone of times that name none, by its name in the tz database.]:zone:'
        '--decimal-comma[Numbers in CSV have a decimal comma instead of a decimal point.]'
        '--format[The format to write.]:format:{__fs-frame_complete "${___format[@]}"}'
        '--doubles[Parquet and Arrow\: prices are doubles, for arithmetic in pandas and Polars; also prices that came as decimals.]'
        '--decimals[Parquet and Arrow\: prices are exact decimals, where their values allow it (the default for Parquet).]'
        '--timestamps[Parquet and Arrow\: dates are timestamps (midnight, without a time zone), as pandas wants its index.]'
        '--cluster[Parquet\: sort each row group by this column, then by ts.]:column:'
        '--row-group[Parquet\: rows in a row group, 1024 to 10,000,000 (default\: 131,072; with --cluster 524,288).]:row-group:'
        '--codec[Parquet\: none, gzip or zstd (default\: chosen for each column). Arrow\: none or zstd.]:codec:'
        '--line-buffered[Write rows as soon as they are available (the default on a terminal).]'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-frame_complete "${___color[@]}"}'
        '*:files:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-frame_describe() {
    local -i ret=1
    local -ar ___input_format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___on_error=('stop' 'skip' 'pass')
    local -ar ___format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--input-format[The format of the input (default\: detected from its first bytes).]:input-format:{__fs-frame_complete "${___input_format[@]}"}'
        '--columns[Read only these columns.]:a,b:'
        '--infer-rows[How many records to infer columns and types from; 0 for all, which are then kept in memory.]:infer-rows:'
        '--on-error[Bad records\: stop at the first, or skip them.]:on-error:{__fs-frame_complete "${___on_error[@]}"}'
        '--delimiter[The separator of CSV fields (default\: detected); \\t is a tab.]:character:'
        '--text[CSV\: these columns are texts, whatever they look like (symbol always is).]:a,b:'
        '--types[CSV\: the types of columns\: text, int64, float64, date, timestamp or bool.]:a=int64,b=text:'
        '--null[CSV\: texts that stand for no value, instead of null, nan, NA, N/A and - in numbers.]:a,b:'
        '--comment[CSV\: pass over lines that begin with this character.]:character:'
        '--date-format[CSV\: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I\:%M %p'\''; ISO 8601 is understood all the same.]:pattern:'
        '--input-zone[CSV\: the zone of times that name none, by its name in the tz database.]:zone:'
        '--decimal-comma[Numbers in CSV have a decimal comma instead of a decimal point.]'
        '--format[The format to write.]:format:{__fs-frame_complete "${___format[@]}"}'
        '--doubles[Parquet and Arrow\: prices are doubles, for arithmetic in pandas and Polars; also prices that came as decimals.]'
        '--decimals[Parquet and Arrow\: prices are exact decimals, where their values allow it (the default for Parquet).]'
        '--timestamps[Parquet and Arrow\: dates are timestamps (midnight, without a time zone), as pandas wants its index.]'
        '--cluster[Parquet\: sort each row group by this column, then by ts.]:column:'
        '--row-group[Parquet\: rows in a row group, 1024 to 10,000,000 (default\: 131,072; with --cluster 524,288).]:row-group:'
        '--codec[Parquet\: none, gzip or zstd (default\: chosen for each column). Arrow\: none or zstd.]:codec:'
        '--line-buffered[Write rows as soon as they are available (the default on a terminal).]'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-frame_complete "${___color[@]}"}'
        '*:files:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-frame_plot() {
    local -i ret=1
    local -ar ___style=('auto' 'light' 'dark')
    local -ar ___input_format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___on_error=('stop' 'skip' 'pass')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '*:names:_files'
        '--symbol[The symbol, if it is also the name of a file.]:symbol:'
        '*--indicator[An indicator to draw, such as sma_20; repeat it for more.]:name:'
        '--db[A store to take the bars from.]:file:_files'
        '--interval[With --db\: the interval of the bars.]:interval:'
        '--last[How many of the last bars to draw; 0 for all.]:last:'
        '--term[Draw with characters, as large as the terminal.]'
        '--style[The colours of the SVG\: auto follows the theme of its reader.]:style:{__fs-frame_complete "${___style[@]}"}'
        '--width[The width in points, 200 to 8000; with --term in characters, 20 to 1000.]:width:'
        '--height[The height in points, 150 to 6000; with --term in lines, 8 to 500.]:height:'
        '--input-format[The format of the input (default\: detected from its first bytes).]:input-format:{__fs-frame_complete "${___input_format[@]}"}'
        '--columns[Read only these columns.]:a,b:'
        '--infer-rows[How many records to infer columns and types from; 0 for all, which are then kept in memory.]:infer-rows:'
        '--on-error[Bad records\: stop at the first, or skip them.]:on-error:{__fs-frame_complete "${___on_error[@]}"}'
        '--delimiter[The separator of CSV fields (default\: detected); \\t is a tab.]:character:'
        '--text[CSV\: these columns are texts, whatever they look like (symbol always is).]:a,b:'
        '--types[CSV\: the types of columns\: text, int64, float64, date, timestamp or bool.]:a=int64,b=text:'
        '--null[CSV\: texts that stand for no value, instead of null, nan, NA, N/A and - in numbers.]:a,b:'
        '--comment[CSV\: pass over lines that begin with this character.]:character:'
        '--date-format[CSV\: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I\:%M %p'\''; ISO 8601 is understood all the same.]:pattern:'
        '--input-zone[CSV\: the zone of times that name none, by its name in the tz database.]:zone:'
        '--decimal-comma[Numbers in CSV have a decimal comma instead of a decimal point.]'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-frame_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-frame_save() {
    local -i ret=1
    local -ar ___input_format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___on_error=('stop' 'skip' 'pass')
    local -ar ___format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--db[The file.]:file:_files'
        '--interval[The interval of bars that have none, such as 1d or 1m.]:interval:'
        '--symbol[The symbol of bars that have none.]:symbol:'
        '--input-format[The format of the input (default\: detected from its first bytes).]:input-format:{__fs-frame_complete "${___input_format[@]}"}'
        '--columns[Read only these columns.]:a,b:'
        '--infer-rows[How many records to infer columns and types from; 0 for all, which are then kept in memory.]:infer-rows:'
        '--on-error[Bad records\: stop at the first, or skip them.]:on-error:{__fs-frame_complete "${___on_error[@]}"}'
        '--delimiter[The separator of CSV fields (default\: detected); \\t is a tab.]:character:'
        '--text[CSV\: these columns are texts, whatever they look like (symbol always is).]:a,b:'
        '--types[CSV\: the types of columns\: text, int64, float64, date, timestamp or bool.]:a=int64,b=text:'
        '--null[CSV\: texts that stand for no value, instead of null, nan, NA, N/A and - in numbers.]:a,b:'
        '--comment[CSV\: pass over lines that begin with this character.]:character:'
        '--date-format[CSV\: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I\:%M %p'\''; ISO 8601 is understood all the same.]:pattern:'
        '--input-zone[CSV\: the zone of times that name none, by its name in the tz database.]:zone:'
        '--decimal-comma[Numbers in CSV have a decimal comma instead of a decimal point.]'
        '--format[The format to write.]:format:{__fs-frame_complete "${___format[@]}"}'
        '--doubles[Parquet and Arrow\: prices are doubles, for arithmetic in pandas and Polars; also prices that came as decimals.]'
        '--decimals[Parquet and Arrow\: prices are exact decimals, where their values allow it (the default for Parquet).]'
        '--timestamps[Parquet and Arrow\: dates are timestamps (midnight, without a time zone), as pandas wants its index.]'
        '--cluster[Parquet\: sort each row group by this column, then by ts.]:column:'
        '--row-group[Parquet\: rows in a row group, 1024 to 10,000,000 (default\: 131,072; with --cluster 524,288).]:row-group:'
        '--codec[Parquet\: none, gzip or zstd (default\: chosen for each column). Arrow\: none or zstd.]:codec:'
        '--line-buffered[Write rows as soon as they are available (the default on a terminal).]'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-frame_complete "${___color[@]}"}'
        '*:files:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-frame_load() {
    local -i ret=1
    local -ar ___format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--db[The file.]:file:_files'
        '--interval[Only this interval.]:interval:'
        '--from[The first day or instant.]:time:'
        '--to[The day or instant to stop before.]:time:'
        '--format[The format to write.]:format:{__fs-frame_complete "${___format[@]}"}'
        '--doubles[Parquet and Arrow\: prices are doubles, for arithmetic in pandas and Polars; also prices that came as decimals.]'
        '--decimals[Parquet and Arrow\: prices are exact decimals, where their values allow it (the default for Parquet).]'
        '--timestamps[Parquet and Arrow\: dates are timestamps (midnight, without a time zone), as pandas wants its index.]'
        '--cluster[Parquet\: sort each row group by this column, then by ts.]:column:'
        '--row-group[Parquet\: rows in a row group, 1024 to 10,000,000 (default\: 131,072; with --cluster 524,288).]:row-group:'
        '--codec[Parquet\: none, gzip or zstd (default\: chosen for each column). Arrow\: none or zstd.]:codec:'
        '--line-buffered[Write rows as soon as they are available (the default on a terminal).]'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-frame_complete "${___color[@]}"}'
        '*:symbols:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-frame_db() {
    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'stats:Write one record for each series, and one for the file.'
            'check:Check the whole file, which others may use meanwhile; exit with status 65 if it is damaged.'
            'backup:Copy a consistent snapshot of the file, which others may use meanwhile.'
            'gc:Remove old bars and free their space.'
            'slow:List statements that took longer than a second (or FINSTAGE_SLOW milliseconds), the costliest first.'
            'advise:Show how SQLite runs the usual statements or your own, and which index would avoid reading whole tables.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        stats|check|backup|gc|slow|advise)
            "_fs-frame_db_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_fs-frame_db_stats() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':db:_files'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-frame_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-frame_db_check() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':db:_files'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-frame_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-frame_db_backup() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':db:_files'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-frame_complete "${___color[@]}"}'
        ':copy:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-frame_db_gc() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--older[Remove bars that are older than this, such as 1825d.]:span:'
        '--interval[Remove only bars of this interval.]:interval:'
        '--dry-run[Only report what would be removed.]'
        ':db:_files'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-frame_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-frame_db_slow() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':db:_files'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-frame_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-frame_db_advise() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '*--sql[A statement of your own, such as one that a report runs.]:statement:'
        ':db:_files'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-frame_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-frame_help() {
    local -i ret=1
    local -ar arg_specs=(
        '*:subcommands:'
        '--version[Show the version.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

if [[ "${funcstack[1]}" = _fs-frame ]]; then
    _fs-frame "${@}"
else
    compdef _fs-frame fs-frame
fi
