#compdef fs-frame
# fs-frame for this shell. Generated from its parser by `make docs`: do not edit.

# What a command takes.
_fs_frame_command() {
  offered=() flags=() arguments=()
  case $1 in
    '')
      offered=(
        'convert:Write the rows in another format'
        'info:Show rows, columns, types, nulls and bounds, and the size as text, as a plain ...'
        'optimize:Narrow each column as far as its values allow, without loss unless ...'
        'head:Write the first rows'
        'tail:Write the last rows'
        'sample:Write a random sample of the rows, in their order'
        'select:Write some columns, in the order given'
        'drop:Write all columns except some'
        'rename:Rename columns'
        'cast:Convert columns to other types; a value that would change is an error'
        'fill:Fill in missing values: with the last value of the same symbol, or with a number'
        'filter:Write the rows for which an expression is true'
        'compute:Add computed columns'
        'sort:Sort the rows by columns; equal rows keep their order, nulls come last'
        'dedup:Write only one of the rows with the same symbol and time'
        'merge:Merge files sorted by the same columns into one sorted file; memory use does ...'
        'join:Put the columns of a second file beside those of the first, by symbol and time'
        'resample:Combine bars into longer ones: the first open, highest high, lowest low and ...'
        'validate:Find bars that cannot be right: impossible, zero or negative prices, spikes, ...'
        'describe:Show count, nulls, mean, standard deviation, minimum, quartiles and maximum ...'
        'plot:Draw candlesticks with volume, indicators over them and oscillators below, as ...'
        'save:Save bars in a store (SQLite): add new bars, change what differs, and remove ...'
        'load:Write the bars of a store, for some symbols or all'
        'db:Inspect and maintain a store of bars'
        'help:Show subcommand help information')
      flags=(
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' convert')
      offered=()
      flags=(
        '--bars:Rename the columns of common services (Date, Adj Close, o, v, ...) to those ...'
        '--symbol=:The symbol, if the input has no such column; implies --bars'
        '--input-format=ndjson,arrow,arrow-file,parquet,csv:The format of the input (default: detected from its first bytes)'
        '--columns=:Read only these columns'
        '--infer-rows=:How many records to infer columns and types from; 0 for all, which are then ...'
        '--on-error=stop,skip,pass:Bad records: stop at the first, or skip them'
        '--delimiter=:The separator of CSV fields (default: detected); \t is a tab'
        '--text=:CSV: these columns are texts, whatever they look like (symbol and ticker ...'
        '--types=:CSV: the types of columns: text, int64, float64, date, timestamp or bool'
        '--null=:CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...'
        '--comment=:CSV: pass over lines that begin with this character'
        '--date-format=:CSV: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I:%M %p'\''; ISO 8601 ...'
        '--input-zone=:CSV: the zone of times that name none, by its name in the tz database'
        '--decimal-comma:Numbers in CSV have a decimal comma instead of a decimal point'
        '--format=ndjson,arrow,arrow-file,parquet,csv:The format to write'
        '--doubles:Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...'
        '--decimals:Parquet and Arrow: prices are exact decimals, where their values allow it ...'
        '--timestamps:Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...'
        '--cluster=:Parquet: sort each row group by this column, then by ts'
        '--row-group=:Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...'
        '--codec=:Parquet: none, gzip or zstd (default: chosen for each column)'
        '--line-buffered:Write rows as soon as they are available (the default on a terminal)'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('.')
      ;;
    ' info')
      offered=()
      flags=(
        '--json:Write one JSON object for each file instead of a table'
        '--input-format=ndjson,arrow,arrow-file,parquet,csv:The format of the input (default: detected from its first bytes)'
        '--columns=:Read only these columns'
        '--infer-rows=:How many records to infer columns and types from; 0 for all, which are then ...'
        '--on-error=stop,skip,pass:Bad records: stop at the first, or skip them'
        '--delimiter=:The separator of CSV fields (default: detected); \t is a tab'
        '--text=:CSV: these columns are texts, whatever they look like (symbol and ticker ...'
        '--types=:CSV: the types of columns: text, int64, float64, date, timestamp or bool'
        '--null=:CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...'
        '--comment=:CSV: pass over lines that begin with this character'
        '--date-format=:CSV: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I:%M %p'\''; ISO 8601 ...'
        '--input-zone=:CSV: the zone of times that name none, by its name in the tz database'
        '--decimal-comma:Numbers in CSV have a decimal comma instead of a decimal point'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('.')
      ;;
    ' optimize')
      offered=()
      flags=(
        '--report:Report the type and size of each column, before and after, on standard error'
        '--json:Write the report as one JSON object'
        '--aggressive:Round doubles to 32 bits if no value changes by more than --max-error; never ...'
        '--max-error=:The largest relative change that --aggressive may make'
        '--input-format=ndjson,arrow,arrow-file,parquet,csv:The format of the input (default: detected from its first bytes)'
        '--columns=:Read only these columns'
        '--infer-rows=:How many records to infer columns and types from; 0 for all, which are then ...'
        '--on-error=stop,skip,pass:Bad records: stop at the first, or skip them'
        '--delimiter=:The separator of CSV fields (default: detected); \t is a tab'
        '--text=:CSV: these columns are texts, whatever they look like (symbol and ticker ...'
        '--types=:CSV: the types of columns: text, int64, float64, date, timestamp or bool'
        '--null=:CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...'
        '--comment=:CSV: pass over lines that begin with this character'
        '--date-format=:CSV: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I:%M %p'\''; ISO 8601 ...'
        '--input-zone=:CSV: the zone of times that name none, by its name in the tz database'
        '--decimal-comma:Numbers in CSV have a decimal comma instead of a decimal point'
        '--format=ndjson,arrow,arrow-file,parquet,csv:The format to write'
        '--doubles:Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...'
        '--decimals:Parquet and Arrow: prices are exact decimals, where their values allow it ...'
        '--timestamps:Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...'
        '--cluster=:Parquet: sort each row group by this column, then by ts'
        '--row-group=:Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...'
        '--codec=:Parquet: none, gzip or zstd (default: chosen for each column)'
        '--line-buffered:Write rows as soon as they are available (the default on a terminal)'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('.')
      ;;
    ' head')
      offered=()
      flags=(
        '-n=:How many rows'
        '--rows=:How many rows'
        '--by=:Write that many for each value of these columns'
        '--input-format=ndjson,arrow,arrow-file,parquet,csv:The format of the input (default: detected from its first bytes)'
        '--columns=:Read only these columns'
        '--infer-rows=:How many records to infer columns and types from; 0 for all, which are then ...'
        '--on-error=stop,skip,pass:Bad records: stop at the first, or skip them'
        '--delimiter=:The separator of CSV fields (default: detected); \t is a tab'
        '--text=:CSV: these columns are texts, whatever they look like (symbol and ticker ...'
        '--types=:CSV: the types of columns: text, int64, float64, date, timestamp or bool'
        '--null=:CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...'
        '--comment=:CSV: pass over lines that begin with this character'
        '--date-format=:CSV: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I:%M %p'\''; ISO 8601 ...'
        '--input-zone=:CSV: the zone of times that name none, by its name in the tz database'
        '--decimal-comma:Numbers in CSV have a decimal comma instead of a decimal point'
        '--format=ndjson,arrow,arrow-file,parquet,csv:The format to write'
        '--doubles:Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...'
        '--decimals:Parquet and Arrow: prices are exact decimals, where their values allow it ...'
        '--timestamps:Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...'
        '--cluster=:Parquet: sort each row group by this column, then by ts'
        '--row-group=:Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...'
        '--codec=:Parquet: none, gzip or zstd (default: chosen for each column)'
        '--line-buffered:Write rows as soon as they are available (the default on a terminal)'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('.')
      ;;
    ' tail')
      offered=()
      flags=(
        '-n=:How many rows'
        '--rows=:How many rows'
        '--by=:Write that many for each value of these columns'
        '--input-format=ndjson,arrow,arrow-file,parquet,csv:The format of the input (default: detected from its first bytes)'
        '--columns=:Read only these columns'
        '--infer-rows=:How many records to infer columns and types from; 0 for all, which are then ...'
        '--on-error=stop,skip,pass:Bad records: stop at the first, or skip them'
        '--delimiter=:The separator of CSV fields (default: detected); \t is a tab'
        '--text=:CSV: these columns are texts, whatever they look like (symbol and ticker ...'
        '--types=:CSV: the types of columns: text, int64, float64, date, timestamp or bool'
        '--null=:CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...'
        '--comment=:CSV: pass over lines that begin with this character'
        '--date-format=:CSV: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I:%M %p'\''; ISO 8601 ...'
        '--input-zone=:CSV: the zone of times that name none, by its name in the tz database'
        '--decimal-comma:Numbers in CSV have a decimal comma instead of a decimal point'
        '--format=ndjson,arrow,arrow-file,parquet,csv:The format to write'
        '--doubles:Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...'
        '--decimals:Parquet and Arrow: prices are exact decimals, where their values allow it ...'
        '--timestamps:Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...'
        '--cluster=:Parquet: sort each row group by this column, then by ts'
        '--row-group=:Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...'
        '--codec=:Parquet: none, gzip or zstd (default: chosen for each column)'
        '--line-buffered:Write rows as soon as they are available (the default on a terminal)'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('.')
      ;;
    ' sample')
      offered=()
      flags=(
        '-n=:How many rows'
        '--rows=:How many rows'
        '--fraction=:The share of rows, 0 to 1'
        '--seed=:The same seed gives the same rows'
        '--input-format=ndjson,arrow,arrow-file,parquet,csv:The format of the input (default: detected from its first bytes)'
        '--columns=:Read only these columns'
        '--infer-rows=:How many records to infer columns and types from; 0 for all, which are then ...'
        '--on-error=stop,skip,pass:Bad records: stop at the first, or skip them'
        '--delimiter=:The separator of CSV fields (default: detected); \t is a tab'
        '--text=:CSV: these columns are texts, whatever they look like (symbol and ticker ...'
        '--types=:CSV: the types of columns: text, int64, float64, date, timestamp or bool'
        '--null=:CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...'
        '--comment=:CSV: pass over lines that begin with this character'
        '--date-format=:CSV: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I:%M %p'\''; ISO 8601 ...'
        '--input-zone=:CSV: the zone of times that name none, by its name in the tz database'
        '--decimal-comma:Numbers in CSV have a decimal comma instead of a decimal point'
        '--format=ndjson,arrow,arrow-file,parquet,csv:The format to write'
        '--doubles:Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...'
        '--decimals:Parquet and Arrow: prices are exact decimals, where their values allow it ...'
        '--timestamps:Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...'
        '--cluster=:Parquet: sort each row group by this column, then by ts'
        '--row-group=:Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...'
        '--codec=:Parquet: none, gzip or zstd (default: chosen for each column)'
        '--line-buffered:Write rows as soon as they are available (the default on a terminal)'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('.')
      ;;
    ' select')
      offered=()
      flags=(
        '--input-format=ndjson,arrow,arrow-file,parquet,csv:The format of the input (default: detected from its first bytes)'
        '--columns=:Read only these columns'
        '--infer-rows=:How many records to infer columns and types from; 0 for all, which are then ...'
        '--on-error=stop,skip,pass:Bad records: stop at the first, or skip them'
        '--delimiter=:The separator of CSV fields (default: detected); \t is a tab'
        '--text=:CSV: these columns are texts, whatever they look like (symbol and ticker ...'
        '--types=:CSV: the types of columns: text, int64, float64, date, timestamp or bool'
        '--null=:CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...'
        '--comment=:CSV: pass over lines that begin with this character'
        '--date-format=:CSV: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I:%M %p'\''; ISO 8601 ...'
        '--input-zone=:CSV: the zone of times that name none, by its name in the tz database'
        '--decimal-comma:Numbers in CSV have a decimal comma instead of a decimal point'
        '--format=ndjson,arrow,arrow-file,parquet,csv:The format to write'
        '--doubles:Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...'
        '--decimals:Parquet and Arrow: prices are exact decimals, where their values allow it ...'
        '--timestamps:Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...'
        '--cluster=:Parquet: sort each row group by this column, then by ts'
        '--row-group=:Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...'
        '--codec=:Parquet: none, gzip or zstd (default: chosen for each column)'
        '--line-buffered:Write rows as soon as they are available (the default on a terminal)'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('' '.')
      ;;
    ' drop')
      offered=()
      flags=(
        '--input-format=ndjson,arrow,arrow-file,parquet,csv:The format of the input (default: detected from its first bytes)'
        '--columns=:Read only these columns'
        '--infer-rows=:How many records to infer columns and types from; 0 for all, which are then ...'
        '--on-error=stop,skip,pass:Bad records: stop at the first, or skip them'
        '--delimiter=:The separator of CSV fields (default: detected); \t is a tab'
        '--text=:CSV: these columns are texts, whatever they look like (symbol and ticker ...'
        '--types=:CSV: the types of columns: text, int64, float64, date, timestamp or bool'
        '--null=:CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...'
        '--comment=:CSV: pass over lines that begin with this character'
        '--date-format=:CSV: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I:%M %p'\''; ISO 8601 ...'
        '--input-zone=:CSV: the zone of times that name none, by its name in the tz database'
        '--decimal-comma:Numbers in CSV have a decimal comma instead of a decimal point'
        '--format=ndjson,arrow,arrow-file,parquet,csv:The format to write'
        '--doubles:Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...'
        '--decimals:Parquet and Arrow: prices are exact decimals, where their values allow it ...'
        '--timestamps:Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...'
        '--cluster=:Parquet: sort each row group by this column, then by ts'
        '--row-group=:Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...'
        '--codec=:Parquet: none, gzip or zstd (default: chosen for each column)'
        '--line-buffered:Write rows as soon as they are available (the default on a terminal)'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('' '.')
      ;;
    ' rename')
      offered=()
      flags=(
        '--input-format=ndjson,arrow,arrow-file,parquet,csv:The format of the input (default: detected from its first bytes)'
        '--columns=:Read only these columns'
        '--infer-rows=:How many records to infer columns and types from; 0 for all, which are then ...'
        '--on-error=stop,skip,pass:Bad records: stop at the first, or skip them'
        '--delimiter=:The separator of CSV fields (default: detected); \t is a tab'
        '--text=:CSV: these columns are texts, whatever they look like (symbol and ticker ...'
        '--types=:CSV: the types of columns: text, int64, float64, date, timestamp or bool'
        '--null=:CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...'
        '--comment=:CSV: pass over lines that begin with this character'
        '--date-format=:CSV: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I:%M %p'\''; ISO 8601 ...'
        '--input-zone=:CSV: the zone of times that name none, by its name in the tz database'
        '--decimal-comma:Numbers in CSV have a decimal comma instead of a decimal point'
        '--format=ndjson,arrow,arrow-file,parquet,csv:The format to write'
        '--doubles:Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...'
        '--decimals:Parquet and Arrow: prices are exact decimals, where their values allow it ...'
        '--timestamps:Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...'
        '--cluster=:Parquet: sort each row group by this column, then by ts'
        '--row-group=:Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...'
        '--codec=:Parquet: none, gzip or zstd (default: chosen for each column)'
        '--line-buffered:Write rows as soon as they are available (the default on a terminal)'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('' '.')
      ;;
    ' cast')
      offered=()
      flags=(
        '--force:Replace values that the type cannot hold with null'
        '--input-format=ndjson,arrow,arrow-file,parquet,csv:The format of the input (default: detected from its first bytes)'
        '--columns=:Read only these columns'
        '--infer-rows=:How many records to infer columns and types from; 0 for all, which are then ...'
        '--on-error=stop,skip,pass:Bad records: stop at the first, or skip them'
        '--delimiter=:The separator of CSV fields (default: detected); \t is a tab'
        '--text=:CSV: these columns are texts, whatever they look like (symbol and ticker ...'
        '--types=:CSV: the types of columns: text, int64, float64, date, timestamp or bool'
        '--null=:CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...'
        '--comment=:CSV: pass over lines that begin with this character'
        '--date-format=:CSV: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I:%M %p'\''; ISO 8601 ...'
        '--input-zone=:CSV: the zone of times that name none, by its name in the tz database'
        '--decimal-comma:Numbers in CSV have a decimal comma instead of a decimal point'
        '--format=ndjson,arrow,arrow-file,parquet,csv:The format to write'
        '--doubles:Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...'
        '--decimals:Parquet and Arrow: prices are exact decimals, where their values allow it ...'
        '--timestamps:Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...'
        '--cluster=:Parquet: sort each row group by this column, then by ts'
        '--row-group=:Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...'
        '--codec=:Parquet: none, gzip or zstd (default: chosen for each column)'
        '--line-buffered:Write rows as soon as they are available (the default on a terminal)'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('' '.')
      ;;
    ' fill')
      offered=()
      flags=(
        '--with=:A number instead of the last value'
        '--only=:Fill these columns (default: all numeric columns)'
        '--by=:Carry values over only between rows with the same value in this column'
        '--input-format=ndjson,arrow,arrow-file,parquet,csv:The format of the input (default: detected from its first bytes)'
        '--columns=:Read only these columns'
        '--infer-rows=:How many records to infer columns and types from; 0 for all, which are then ...'
        '--on-error=stop,skip,pass:Bad records: stop at the first, or skip them'
        '--delimiter=:The separator of CSV fields (default: detected); \t is a tab'
        '--text=:CSV: these columns are texts, whatever they look like (symbol and ticker ...'
        '--types=:CSV: the types of columns: text, int64, float64, date, timestamp or bool'
        '--null=:CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...'
        '--comment=:CSV: pass over lines that begin with this character'
        '--date-format=:CSV: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I:%M %p'\''; ISO 8601 ...'
        '--input-zone=:CSV: the zone of times that name none, by its name in the tz database'
        '--decimal-comma:Numbers in CSV have a decimal comma instead of a decimal point'
        '--format=ndjson,arrow,arrow-file,parquet,csv:The format to write'
        '--doubles:Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...'
        '--decimals:Parquet and Arrow: prices are exact decimals, where their values allow it ...'
        '--timestamps:Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...'
        '--cluster=:Parquet: sort each row group by this column, then by ts'
        '--row-group=:Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...'
        '--codec=:Parquet: none, gzip or zstd (default: chosen for each column)'
        '--line-buffered:Write rows as soon as they are available (the default on a terminal)'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('.')
      ;;
    ' filter')
      offered=()
      flags=(
        '--input-format=ndjson,arrow,arrow-file,parquet,csv:The format of the input (default: detected from its first bytes)'
        '--columns=:Read only these columns'
        '--infer-rows=:How many records to infer columns and types from; 0 for all, which are then ...'
        '--on-error=stop,skip,pass:Bad records: stop at the first, or skip them'
        '--delimiter=:The separator of CSV fields (default: detected); \t is a tab'
        '--text=:CSV: these columns are texts, whatever they look like (symbol and ticker ...'
        '--types=:CSV: the types of columns: text, int64, float64, date, timestamp or bool'
        '--null=:CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...'
        '--comment=:CSV: pass over lines that begin with this character'
        '--date-format=:CSV: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I:%M %p'\''; ISO 8601 ...'
        '--input-zone=:CSV: the zone of times that name none, by its name in the tz database'
        '--decimal-comma:Numbers in CSV have a decimal comma instead of a decimal point'
        '--format=ndjson,arrow,arrow-file,parquet,csv:The format to write'
        '--doubles:Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...'
        '--decimals:Parquet and Arrow: prices are exact decimals, where their values allow it ...'
        '--timestamps:Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...'
        '--cluster=:Parquet: sort each row group by this column, then by ts'
        '--row-group=:Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...'
        '--codec=:Parquet: none, gzip or zstd (default: chosen for each column)'
        '--line-buffered:Write rows as soon as they are available (the default on a terminal)'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('' '.')
      ;;
    ' compute')
      offered=()
      flags=(
        '--input-format=ndjson,arrow,arrow-file,parquet,csv:The format of the input (default: detected from its first bytes)'
        '--columns=:Read only these columns'
        '--infer-rows=:How many records to infer columns and types from; 0 for all, which are then ...'
        '--on-error=stop,skip,pass:Bad records: stop at the first, or skip them'
        '--delimiter=:The separator of CSV fields (default: detected); \t is a tab'
        '--text=:CSV: these columns are texts, whatever they look like (symbol and ticker ...'
        '--types=:CSV: the types of columns: text, int64, float64, date, timestamp or bool'
        '--null=:CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...'
        '--comment=:CSV: pass over lines that begin with this character'
        '--date-format=:CSV: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I:%M %p'\''; ISO 8601 ...'
        '--input-zone=:CSV: the zone of times that name none, by its name in the tz database'
        '--decimal-comma:Numbers in CSV have a decimal comma instead of a decimal point'
        '--format=ndjson,arrow,arrow-file,parquet,csv:The format to write'
        '--doubles:Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...'
        '--decimals:Parquet and Arrow: prices are exact decimals, where their values allow it ...'
        '--timestamps:Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...'
        '--cluster=:Parquet: sort each row group by this column, then by ts'
        '--row-group=:Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...'
        '--codec=:Parquet: none, gzip or zstd (default: chosen for each column)'
        '--line-buffered:Write rows as soon as they are available (the default on a terminal)'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('' '.')
      ;;
    ' sort')
      offered=()
      flags=(
        '--memory=:How much to keep in memory'
        '--input-format=ndjson,arrow,arrow-file,parquet,csv:The format of the input (default: detected from its first bytes)'
        '--columns=:Read only these columns'
        '--infer-rows=:How many records to infer columns and types from; 0 for all, which are then ...'
        '--on-error=stop,skip,pass:Bad records: stop at the first, or skip them'
        '--delimiter=:The separator of CSV fields (default: detected); \t is a tab'
        '--text=:CSV: these columns are texts, whatever they look like (symbol and ticker ...'
        '--types=:CSV: the types of columns: text, int64, float64, date, timestamp or bool'
        '--null=:CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...'
        '--comment=:CSV: pass over lines that begin with this character'
        '--date-format=:CSV: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I:%M %p'\''; ISO 8601 ...'
        '--input-zone=:CSV: the zone of times that name none, by its name in the tz database'
        '--decimal-comma:Numbers in CSV have a decimal comma instead of a decimal point'
        '--format=ndjson,arrow,arrow-file,parquet,csv:The format to write'
        '--doubles:Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...'
        '--decimals:Parquet and Arrow: prices are exact decimals, where their values allow it ...'
        '--timestamps:Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...'
        '--cluster=:Parquet: sort each row group by this column, then by ts'
        '--row-group=:Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...'
        '--codec=:Parquet: none, gzip or zstd (default: chosen for each column)'
        '--line-buffered:Write rows as soon as they are available (the default on a terminal)'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('' '.')
      ;;
    ' dedup')
      offered=()
      flags=(
        '--by=:The columns that must be the same; '\''all'\'' for whole rows'
        '--last:Write the last of them instead of the first; this keeps all rows in memory'
        '--input-format=ndjson,arrow,arrow-file,parquet,csv:The format of the input (default: detected from its first bytes)'
        '--columns=:Read only these columns'
        '--infer-rows=:How many records to infer columns and types from; 0 for all, which are then ...'
        '--on-error=stop,skip,pass:Bad records: stop at the first, or skip them'
        '--delimiter=:The separator of CSV fields (default: detected); \t is a tab'
        '--text=:CSV: these columns are texts, whatever they look like (symbol and ticker ...'
        '--types=:CSV: the types of columns: text, int64, float64, date, timestamp or bool'
        '--null=:CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...'
        '--comment=:CSV: pass over lines that begin with this character'
        '--date-format=:CSV: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I:%M %p'\''; ISO 8601 ...'
        '--input-zone=:CSV: the zone of times that name none, by its name in the tz database'
        '--decimal-comma:Numbers in CSV have a decimal comma instead of a decimal point'
        '--format=ndjson,arrow,arrow-file,parquet,csv:The format to write'
        '--doubles:Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...'
        '--decimals:Parquet and Arrow: prices are exact decimals, where their values allow it ...'
        '--timestamps:Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...'
        '--cluster=:Parquet: sort each row group by this column, then by ts'
        '--row-group=:Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...'
        '--codec=:Parquet: none, gzip or zstd (default: chosen for each column)'
        '--line-buffered:Write rows as soon as they are available (the default on a terminal)'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('.')
      ;;
    ' merge')
      offered=()
      flags=(
        '--by=:The columns that the files are sorted by'
        '--input-format=ndjson,arrow,arrow-file,parquet,csv:The format of the input (default: detected from its first bytes)'
        '--columns=:Read only these columns'
        '--infer-rows=:How many records to infer columns and types from; 0 for all, which are then ...'
        '--on-error=stop,skip,pass:Bad records: stop at the first, or skip them'
        '--delimiter=:The separator of CSV fields (default: detected); \t is a tab'
        '--text=:CSV: these columns are texts, whatever they look like (symbol and ticker ...'
        '--types=:CSV: the types of columns: text, int64, float64, date, timestamp or bool'
        '--null=:CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...'
        '--comment=:CSV: pass over lines that begin with this character'
        '--date-format=:CSV: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I:%M %p'\''; ISO 8601 ...'
        '--input-zone=:CSV: the zone of times that name none, by its name in the tz database'
        '--decimal-comma:Numbers in CSV have a decimal comma instead of a decimal point'
        '--format=ndjson,arrow,arrow-file,parquet,csv:The format to write'
        '--doubles:Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...'
        '--decimals:Parquet and Arrow: prices are exact decimals, where their values allow it ...'
        '--timestamps:Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...'
        '--cluster=:Parquet: sort each row group by this column, then by ts'
        '--row-group=:Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...'
        '--codec=:Parquet: none, gzip or zstd (default: chosen for each column)'
        '--line-buffered:Write rows as soon as they are available (the default on a terminal)'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('.')
      ;;
    ' join')
      offered=()
      flags=(
        '--on=:The columns that must be the same (default: symbol,ts)'
        '--asof:Match the last row that is not later, instead of the row with the same time'
        '--tolerance=:With --asof: match no row older than this'
        '--inner:Leave out rows without a match in the second file'
        '--input-format=ndjson,arrow,arrow-file,parquet,csv:The format of the input (default: detected from its first bytes)'
        '--columns=:Read only these columns'
        '--infer-rows=:How many records to infer columns and types from; 0 for all, which are then ...'
        '--on-error=stop,skip,pass:Bad records: stop at the first, or skip them'
        '--delimiter=:The separator of CSV fields (default: detected); \t is a tab'
        '--text=:CSV: these columns are texts, whatever they look like (symbol and ticker ...'
        '--types=:CSV: the types of columns: text, int64, float64, date, timestamp or bool'
        '--null=:CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...'
        '--comment=:CSV: pass over lines that begin with this character'
        '--date-format=:CSV: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I:%M %p'\''; ISO 8601 ...'
        '--input-zone=:CSV: the zone of times that name none, by its name in the tz database'
        '--decimal-comma:Numbers in CSV have a decimal comma instead of a decimal point'
        '--format=ndjson,arrow,arrow-file,parquet,csv:The format to write'
        '--doubles:Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...'
        '--decimals:Parquet and Arrow: prices are exact decimals, where their values allow it ...'
        '--timestamps:Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...'
        '--cluster=:Parquet: sort each row group by this column, then by ts'
        '--row-group=:Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...'
        '--codec=:Parquet: none, gzip or zstd (default: chosen for each column)'
        '--line-buffered:Write rows as soon as they are available (the default on a terminal)'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('.' '.')
      ;;
    ' resample')
      offered=()
      flags=(
        '--zone=:The time zone of the exchange, by its name in the tz database'
        '--session=:The hours of the exchange, such as 09:30-16:00'
        '--input-format=ndjson,arrow,arrow-file,parquet,csv:The format of the input (default: detected from its first bytes)'
        '--columns=:Read only these columns'
        '--infer-rows=:How many records to infer columns and types from; 0 for all, which are then ...'
        '--on-error=stop,skip,pass:Bad records: stop at the first, or skip them'
        '--delimiter=:The separator of CSV fields (default: detected); \t is a tab'
        '--text=:CSV: these columns are texts, whatever they look like (symbol and ticker ...'
        '--types=:CSV: the types of columns: text, int64, float64, date, timestamp or bool'
        '--null=:CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...'
        '--comment=:CSV: pass over lines that begin with this character'
        '--date-format=:CSV: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I:%M %p'\''; ISO 8601 ...'
        '--input-zone=:CSV: the zone of times that name none, by its name in the tz database'
        '--decimal-comma:Numbers in CSV have a decimal comma instead of a decimal point'
        '--format=ndjson,arrow,arrow-file,parquet,csv:The format to write'
        '--doubles:Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...'
        '--decimals:Parquet and Arrow: prices are exact decimals, where their values allow it ...'
        '--timestamps:Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...'
        '--cluster=:Parquet: sort each row group by this column, then by ts'
        '--row-group=:Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...'
        '--codec=:Parquet: none, gzip or zstd (default: chosen for each column)'
        '--line-buffered:Write rows as soon as they are available (the default on a terminal)'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('' '.')
      ;;
    ' validate')
      offered=()
      flags=(
        '--repair:Write the bars, repaired where possible, instead of the findings'
        '--input-format=ndjson,arrow,arrow-file,parquet,csv:The format of the input (default: detected from its first bytes)'
        '--columns=:Read only these columns'
        '--infer-rows=:How many records to infer columns and types from; 0 for all, which are then ...'
        '--on-error=stop,skip,pass:Bad records: stop at the first, or skip them'
        '--delimiter=:The separator of CSV fields (default: detected); \t is a tab'
        '--text=:CSV: these columns are texts, whatever they look like (symbol and ticker ...'
        '--types=:CSV: the types of columns: text, int64, float64, date, timestamp or bool'
        '--null=:CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...'
        '--comment=:CSV: pass over lines that begin with this character'
        '--date-format=:CSV: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I:%M %p'\''; ISO 8601 ...'
        '--input-zone=:CSV: the zone of times that name none, by its name in the tz database'
        '--decimal-comma:Numbers in CSV have a decimal comma instead of a decimal point'
        '--format=ndjson,arrow,arrow-file,parquet,csv:The format to write'
        '--doubles:Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...'
        '--decimals:Parquet and Arrow: prices are exact decimals, where their values allow it ...'
        '--timestamps:Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...'
        '--cluster=:Parquet: sort each row group by this column, then by ts'
        '--row-group=:Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...'
        '--codec=:Parquet: none, gzip or zstd (default: chosen for each column)'
        '--line-buffered:Write rows as soon as they are available (the default on a terminal)'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('.')
      ;;
    ' describe')
      offered=()
      flags=(
        '--input-format=ndjson,arrow,arrow-file,parquet,csv:The format of the input (default: detected from its first bytes)'
        '--columns=:Read only these columns'
        '--infer-rows=:How many records to infer columns and types from; 0 for all, which are then ...'
        '--on-error=stop,skip,pass:Bad records: stop at the first, or skip them'
        '--delimiter=:The separator of CSV fields (default: detected); \t is a tab'
        '--text=:CSV: these columns are texts, whatever they look like (symbol and ticker ...'
        '--types=:CSV: the types of columns: text, int64, float64, date, timestamp or bool'
        '--null=:CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...'
        '--comment=:CSV: pass over lines that begin with this character'
        '--date-format=:CSV: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I:%M %p'\''; ISO 8601 ...'
        '--input-zone=:CSV: the zone of times that name none, by its name in the tz database'
        '--decimal-comma:Numbers in CSV have a decimal comma instead of a decimal point'
        '--format=ndjson,arrow,arrow-file,parquet,csv:The format to write'
        '--doubles:Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...'
        '--decimals:Parquet and Arrow: prices are exact decimals, where their values allow it ...'
        '--timestamps:Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...'
        '--cluster=:Parquet: sort each row group by this column, then by ts'
        '--row-group=:Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...'
        '--codec=:Parquet: none, gzip or zstd (default: chosen for each column)'
        '--line-buffered:Write rows as soon as they are available (the default on a terminal)'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('.')
      ;;
    ' plot')
      offered=()
      flags=(
        '--symbol=:The symbol, if it is also the name of a file'
        '--indicator=:An indicator to draw, such as sma_20; repeat it for more'
        '--db=.:A store to take the bars from'
        '--interval=:With --db: the interval of the bars'
        '--last=:How many of the last bars to draw; 0 for all'
        '--term:Draw with characters, as large as the terminal'
        '--style=auto,light,dark:The colours of the SVG: auto follows the theme of its reader'
        '--width=:The width in points, 200 to 8000; with --term in characters, 20 to 1000'
        '--height=:The height in points, 150 to 6000; with --term in lines, 8 to 500'
        '--input-format=ndjson,arrow,arrow-file,parquet,csv:The format of the input (default: detected from its first bytes)'
        '--columns=:Read only these columns'
        '--infer-rows=:How many records to infer columns and types from; 0 for all, which are then ...'
        '--on-error=stop,skip,pass:Bad records: stop at the first, or skip them'
        '--delimiter=:The separator of CSV fields (default: detected); \t is a tab'
        '--text=:CSV: these columns are texts, whatever they look like (symbol and ticker ...'
        '--types=:CSV: the types of columns: text, int64, float64, date, timestamp or bool'
        '--null=:CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...'
        '--comment=:CSV: pass over lines that begin with this character'
        '--date-format=:CSV: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I:%M %p'\''; ISO 8601 ...'
        '--input-zone=:CSV: the zone of times that name none, by its name in the tz database'
        '--decimal-comma:Numbers in CSV have a decimal comma instead of a decimal point'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('.')
      ;;
    ' save')
      offered=()
      flags=(
        '--db=.:The file'
        '--interval=:The interval of bars that have none, such as 1d or 1m'
        '--symbol=:The symbol of bars that have none'
        '--input-format=ndjson,arrow,arrow-file,parquet,csv:The format of the input (default: detected from its first bytes)'
        '--columns=:Read only these columns'
        '--infer-rows=:How many records to infer columns and types from; 0 for all, which are then ...'
        '--on-error=stop,skip,pass:Bad records: stop at the first, or skip them'
        '--delimiter=:The separator of CSV fields (default: detected); \t is a tab'
        '--text=:CSV: these columns are texts, whatever they look like (symbol and ticker ...'
        '--types=:CSV: the types of columns: text, int64, float64, date, timestamp or bool'
        '--null=:CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...'
        '--comment=:CSV: pass over lines that begin with this character'
        '--date-format=:CSV: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I:%M %p'\''; ISO 8601 ...'
        '--input-zone=:CSV: the zone of times that name none, by its name in the tz database'
        '--decimal-comma:Numbers in CSV have a decimal comma instead of a decimal point'
        '--format=ndjson,arrow,arrow-file,parquet,csv:The format to write'
        '--doubles:Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...'
        '--decimals:Parquet and Arrow: prices are exact decimals, where their values allow it ...'
        '--timestamps:Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...'
        '--cluster=:Parquet: sort each row group by this column, then by ts'
        '--row-group=:Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...'
        '--codec=:Parquet: none, gzip or zstd (default: chosen for each column)'
        '--line-buffered:Write rows as soon as they are available (the default on a terminal)'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('.')
      ;;
    ' load')
      offered=()
      flags=(
        '--db=.:The file'
        '--interval=:Only this interval'
        '--from=:The first day or instant'
        '--to=:The day or instant to stop before'
        '--format=ndjson,arrow,arrow-file,parquet,csv:The format to write'
        '--doubles:Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...'
        '--decimals:Parquet and Arrow: prices are exact decimals, where their values allow it ...'
        '--timestamps:Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...'
        '--cluster=:Parquet: sort each row group by this column, then by ts'
        '--row-group=:Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...'
        '--codec=:Parquet: none, gzip or zstd (default: chosen for each column)'
        '--line-buffered:Write rows as soon as they are available (the default on a terminal)'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' db')
      offered=(
        'stats:Write one record for each series, and one for the file'
        'check:Check the whole file, which others may use meanwhile; exit with status 65 if ...'
        'backup:Copy a consistent snapshot of the file, which others may use meanwhile'
        'gc:Remove old bars and free their space'
        'slow:List statements that took longer than a second (or FINSTAGE_SLOW ...'
        'advise:Show how SQLite runs the usual statements or your own, and which index would ...')
      flags=(
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never')
      arguments=('.')
      ;;
    ' db stats')
      offered=()
      flags=(
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('.')
      ;;
    ' db check')
      offered=()
      flags=(
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('.')
      ;;
    ' db backup')
      offered=()
      flags=(
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('.' '.')
      ;;
    ' db gc')
      offered=()
      flags=(
        '--older=:Remove bars that are older than this, such as 1825d'
        '--interval=:Remove only bars of this interval'
        '--dry-run:Only report what would be removed'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('.')
      ;;
    ' db slow')
      offered=()
      flags=(
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('.')
      ;;
    ' db advise')
      offered=()
      flags=(
        '--sql=:A statement of your own, such as one that a report runs'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('.')
      ;;
    ' help')
      offered=()
      flags=()
      arguments=('convert,info,optimize,head,tail,sample,select,drop,rename,cast,fill,filter,compute,sort,dedup,merge,join,resample,validate,describe,plot,save,load,db')
      ;;
  esac
}

# Whether an option takes a value, and which.
_fs_frame_takes() {
  local found=${flags[(r)${(b)1}=*]}
  [[ -n $found ]] || return 1
  kind=${${found#*=}%%:*}
}

_fs_frame_values() {
  case $kind in
    .) _files ;;
    /) _files -/ ;;
    ?*) compadd -- ${(s:,:)kind} ;;
  esac
}

_fs_frame() {
  local at= word takes= kind= option
  local -a offered flags arguments names
  integer i given=0
  _fs_frame_command ''
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
      -*) if _fs_frame_takes $word; then takes=1; fi ;;
      *)
        if ((!given && ${offered[(I)${(b)word}:*]})); then
          at+=" $word"
          _fs_frame_command $at
        else
          given+=1
        fi
        ;;
    esac
  done
  if [[ -n $takes ]]; then
    _fs_frame_values
  elif [[ $PREFIX == -*=* ]]; then
    _fs_frame_takes ${PREFIX%%=*} && compset -P '*=' && _fs_frame_values
  elif [[ $PREFIX == -* ]]; then
    for option in $flags; do names+=("${option%%[=:]*}:${option#*:}"); done
    _describe -o option names
  else
    if ((!given && ${#offered})); then _describe command offered; fi
    if ((${#arguments})); then
      kind=${arguments[given < ${#arguments} ? given + 1 : ${#arguments}]}
      _fs_frame_values
    fi
  fi
}

if [[ $funcstack[1] == _fs-frame ]]; then
  _fs_frame "$@"
else
  compdef _fs_frame fs-frame
fi
