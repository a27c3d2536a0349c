# fs-frame for this shell. Generated from its parser by `make docs`: do not edit.

# What a command takes.
function __fs_frame_command --no-scope-shadowing
    switch $at
        case ''
            set commands \
                'convert'\t'Write the rows in another format' \
                'info'\t'Show rows, columns, types, nulls and bounds, and the size as text, as a plain ...' \
                'optimize'\t'Narrow each column as far as its values allow, without loss unless ...' \
                'head'\t'Write the first rows' \
                'tail'\t'Write the last rows' \
                'sample'\t'Write a random sample of the rows, in their order' \
                'select'\t'Write some columns, in the order given' \
                'drop'\t'Write all columns except some' \
                'rename'\t'Rename columns' \
                'cast'\t'Convert columns to other types; a value that would change is an error' \
                'fill'\t'Fill in missing values: with the last value of the same symbol, or with a number' \
                'filter'\t'Write the rows for which an expression is true' \
                'compute'\t'Add computed columns' \
                'sort'\t'Sort the rows by columns; equal rows keep their order, nulls come last' \
                'dedup'\t'Write only one of the rows with the same symbol and time' \
                'merge'\t'Merge files sorted by the same columns into one sorted file; memory use does ...' \
                'join'\t'Put the columns of a second file beside those of the first, by symbol and time' \
                'resample'\t'Combine bars into longer ones: the first open, highest high, lowest low and ...' \
                'validate'\t'Find bars that cannot be right: impossible, zero or negative prices, spikes, ...' \
                'describe'\t'Show count, nulls, mean, standard deviation, minimum, quartiles and maximum ...' \
                'plot'\t'Draw candlesticks with volume, indicators over them and oscillators below, as ...' \
                'save'\t'Save bars in a store (SQLite): add new bars, change what differs, and remove ...' \
                'load'\t'Write the bars of a store, for some symbols or all' \
                'db'\t'Inspect and maintain a store of bars' \
                'help'\t'Show subcommand help information'
            set options \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' convert'
            set commands
            set options \
                '--bars'\t'Rename the columns of common services (Date, Adj Close, o, v, ...) to those ...' \
                '--symbol='\t'The symbol, if the input has no such column; implies --bars' \
                '--input-format=ndjson,arrow,arrow-file,parquet,csv'\t'The format of the input (default: detected from its first bytes)' \
                '--columns='\t'Read only these columns' \
                '--infer-rows='\t'How many records to infer columns and types from; 0 for all, which are then ...' \
                '--on-error=stop,skip,pass'\t'Bad records: stop at the first, or skip them' \
                '--delimiter='\t'The separator of CSV fields (default: detected); \\t is a tab' \
                '--text='\t'CSV: these columns are texts, whatever they look like (symbol and ticker ...' \
                '--types='\t'CSV: the types of columns: text, int64, float64, date, timestamp or bool' \
                '--null='\t'CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...' \
                '--comment='\t'CSV: pass over lines that begin with this character' \
                '--date-format='\t'CSV: how dates are written, such as %d.%m.%Y or \'%m/%d/%Y %I:%M %p\'; ISO 8601 ...' \
                '--input-zone='\t'CSV: the zone of times that name none, by its name in the tz database' \
                '--decimal-comma'\t'Numbers in CSV have a decimal comma instead of a decimal point' \
                '--format=ndjson,arrow,arrow-file,parquet,csv'\t'The format to write' \
                '--doubles'\t'Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...' \
                '--decimals'\t'Parquet and Arrow: prices are exact decimals, where their values allow it ...' \
                '--timestamps'\t'Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...' \
                '--cluster='\t'Parquet: sort each row group by this column, then by ts' \
                '--row-group='\t'Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...' \
                '--codec='\t'Parquet: none, gzip or zstd (default: chosen for each column)' \
                '--line-buffered'\t'Write rows as soon as they are available (the default on a terminal)' \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '.'
        case ' info'
            set commands
            set options \
                '--json'\t'Write one JSON object for each file instead of a table' \
                '--input-format=ndjson,arrow,arrow-file,parquet,csv'\t'The format of the input (default: detected from its first bytes)' \
                '--columns='\t'Read only these columns' \
                '--infer-rows='\t'How many records to infer columns and types from; 0 for all, which are then ...' \
                '--on-error=stop,skip,pass'\t'Bad records: stop at the first, or skip them' \
                '--delimiter='\t'The separator of CSV fields (default: detected); \\t is a tab' \
                '--text='\t'CSV: these columns are texts, whatever they look like (symbol and ticker ...' \
                '--types='\t'CSV: the types of columns: text, int64, float64, date, timestamp or bool' \
                '--null='\t'CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...' \
                '--comment='\t'CSV: pass over lines that begin with this character' \
                '--date-format='\t'CSV: how dates are written, such as %d.%m.%Y or \'%m/%d/%Y %I:%M %p\'; ISO 8601 ...' \
                '--input-zone='\t'CSV: the zone of times that name none, by its name in the tz database' \
                '--decimal-comma'\t'Numbers in CSV have a decimal comma instead of a decimal point' \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '.'
        case ' optimize'
            set commands
            set options \
                '--report'\t'Report the type and size of each column, before and after, on standard error' \
                '--json'\t'Write the report as one JSON object' \
                '--aggressive'\t'Round doubles to 32 bits if no value changes by more than --max-error; never ...' \
                '--max-error='\t'The largest relative change that --aggressive may make' \
                '--input-format=ndjson,arrow,arrow-file,parquet,csv'\t'The format of the input (default: detected from its first bytes)' \
                '--columns='\t'Read only these columns' \
                '--infer-rows='\t'How many records to infer columns and types from; 0 for all, which are then ...' \
                '--on-error=stop,skip,pass'\t'Bad records: stop at the first, or skip them' \
                '--delimiter='\t'The separator of CSV fields (default: detected); \\t is a tab' \
                '--text='\t'CSV: these columns are texts, whatever they look like (symbol and ticker ...' \
                '--types='\t'CSV: the types of columns: text, int64, float64, date, timestamp or bool' \
                '--null='\t'CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...' \
                '--comment='\t'CSV: pass over lines that begin with this character' \
                '--date-format='\t'CSV: how dates are written, such as %d.%m.%Y or \'%m/%d/%Y %I:%M %p\'; ISO 8601 ...' \
                '--input-zone='\t'CSV: the zone of times that name none, by its name in the tz database' \
                '--decimal-comma'\t'Numbers in CSV have a decimal comma instead of a decimal point' \
                '--format=ndjson,arrow,arrow-file,parquet,csv'\t'The format to write' \
                '--doubles'\t'Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...' \
                '--decimals'\t'Parquet and Arrow: prices are exact decimals, where their values allow it ...' \
                '--timestamps'\t'Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...' \
                '--cluster='\t'Parquet: sort each row group by this column, then by ts' \
                '--row-group='\t'Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...' \
                '--codec='\t'Parquet: none, gzip or zstd (default: chosen for each column)' \
                '--line-buffered'\t'Write rows as soon as they are available (the default on a terminal)' \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '.'
        case ' head'
            set commands
            set options \
                '-n='\t'How many rows' \
                '--rows='\t'How many rows' \
                '--by='\t'Write that many for each value of these columns' \
                '--input-format=ndjson,arrow,arrow-file,parquet,csv'\t'The format of the input (default: detected from its first bytes)' \
                '--columns='\t'Read only these columns' \
                '--infer-rows='\t'How many records to infer columns and types from; 0 for all, which are then ...' \
                '--on-error=stop,skip,pass'\t'Bad records: stop at the first, or skip them' \
                '--delimiter='\t'The separator of CSV fields (default: detected); \\t is a tab' \
                '--text='\t'CSV: these columns are texts, whatever they look like (symbol and ticker ...' \
                '--types='\t'CSV: the types of columns: text, int64, float64, date, timestamp or bool' \
                '--null='\t'CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...' \
                '--comment='\t'CSV: pass over lines that begin with this character' \
                '--date-format='\t'CSV: how dates are written, such as %d.%m.%Y or \'%m/%d/%Y %I:%M %p\'; ISO 8601 ...' \
                '--input-zone='\t'CSV: the zone of times that name none, by its name in the tz database' \
                '--decimal-comma'\t'Numbers in CSV have a decimal comma instead of a decimal point' \
                '--format=ndjson,arrow,arrow-file,parquet,csv'\t'The format to write' \
                '--doubles'\t'Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...' \
                '--decimals'\t'Parquet and Arrow: prices are exact decimals, where their values allow it ...' \
                '--timestamps'\t'Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...' \
                '--cluster='\t'Parquet: sort each row group by this column, then by ts' \
                '--row-group='\t'Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...' \
                '--codec='\t'Parquet: none, gzip or zstd (default: chosen for each column)' \
                '--line-buffered'\t'Write rows as soon as they are available (the default on a terminal)' \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '.'
        case ' tail'
            set commands
            set options \
                '-n='\t'How many rows' \
                '--rows='\t'How many rows' \
                '--by='\t'Write that many for each value of these columns' \
                '--input-format=ndjson,arrow,arrow-file,parquet,csv'\t'The format of the input (default: detected from its first bytes)' \
                '--columns='\t'Read only these columns' \
                '--infer-rows='\t'How many records to infer columns and types from; 0 for all, which are then ...' \
                '--on-error=stop,skip,pass'\t'Bad records: stop at the first, or skip them' \
                '--delimiter='\t'The separator of CSV fields (default: detected); \\t is a tab' \
                '--text='\t'CSV: these columns are texts, whatever they look like (symbol and ticker ...' \
                '--types='\t'CSV: the types of columns: text, int64, float64, date, timestamp or bool' \
                '--null='\t'CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...' \
                '--comment='\t'CSV: pass over lines that begin with this character' \
                '--date-format='\t'CSV: how dates are written, such as %d.%m.%Y or \'%m/%d/%Y %I:%M %p\'; ISO 8601 ...' \
                '--input-zone='\t'CSV: the zone of times that name none, by its name in the tz database' \
                '--decimal-comma'\t'Numbers in CSV have a decimal comma instead of a decimal point' \
                '--format=ndjson,arrow,arrow-file,parquet,csv'\t'The format to write' \
                '--doubles'\t'Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...' \
                '--decimals'\t'Parquet and Arrow: prices are exact decimals, where their values allow it ...' \
                '--timestamps'\t'Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...' \
                '--cluster='\t'Parquet: sort each row group by this column, then by ts' \
                '--row-group='\t'Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...' \
                '--codec='\t'Parquet: none, gzip or zstd (default: chosen for each column)' \
                '--line-buffered'\t'Write rows as soon as they are available (the default on a terminal)' \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '.'
        case ' sample'
            set commands
            set options \
                '-n='\t'How many rows' \
                '--rows='\t'How many rows' \
                '--fraction='\t'The share of rows, 0 to 1' \
                '--seed='\t'The same seed gives the same rows' \
                '--input-format=ndjson,arrow,arrow-file,parquet,csv'\t'The format of the input (default: detected from its first bytes)' \
                '--columns='\t'Read only these columns' \
                '--infer-rows='\t'How many records to infer columns and types from; 0 for all, which are then ...' \
                '--on-error=stop,skip,pass'\t'Bad records: stop at the first, or skip them' \
                '--delimiter='\t'The separator of CSV fields (default: detected); \\t is a tab' \
                '--text='\t'CSV: these columns are texts, whatever they look like (symbol and ticker ...' \
                '--types='\t'CSV: the types of columns: text, int64, float64, date, timestamp or bool' \
                '--null='\t'CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...' \
                '--comment='\t'CSV: pass over lines that begin with this character' \
                '--date-format='\t'CSV: how dates are written, such as %d.%m.%Y or \'%m/%d/%Y %I:%M %p\'; ISO 8601 ...' \
                '--input-zone='\t'CSV: the zone of times that name none, by its name in the tz database' \
                '--decimal-comma'\t'Numbers in CSV have a decimal comma instead of a decimal point' \
                '--format=ndjson,arrow,arrow-file,parquet,csv'\t'The format to write' \
                '--doubles'\t'Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...' \
                '--decimals'\t'Parquet and Arrow: prices are exact decimals, where their values allow it ...' \
                '--timestamps'\t'Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...' \
                '--cluster='\t'Parquet: sort each row group by this column, then by ts' \
                '--row-group='\t'Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...' \
                '--codec='\t'Parquet: none, gzip or zstd (default: chosen for each column)' \
                '--line-buffered'\t'Write rows as soon as they are available (the default on a terminal)' \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '.'
        case ' select'
            set commands
            set options \
                '--input-format=ndjson,arrow,arrow-file,parquet,csv'\t'The format of the input (default: detected from its first bytes)' \
                '--columns='\t'Read only these columns' \
                '--infer-rows='\t'How many records to infer columns and types from; 0 for all, which are then ...' \
                '--on-error=stop,skip,pass'\t'Bad records: stop at the first, or skip them' \
                '--delimiter='\t'The separator of CSV fields (default: detected); \\t is a tab' \
                '--text='\t'CSV: these columns are texts, whatever they look like (symbol and ticker ...' \
                '--types='\t'CSV: the types of columns: text, int64, float64, date, timestamp or bool' \
                '--null='\t'CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...' \
                '--comment='\t'CSV: pass over lines that begin with this character' \
                '--date-format='\t'CSV: how dates are written, such as %d.%m.%Y or \'%m/%d/%Y %I:%M %p\'; ISO 8601 ...' \
                '--input-zone='\t'CSV: the zone of times that name none, by its name in the tz database' \
                '--decimal-comma'\t'Numbers in CSV have a decimal comma instead of a decimal point' \
                '--format=ndjson,arrow,arrow-file,parquet,csv'\t'The format to write' \
                '--doubles'\t'Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...' \
                '--decimals'\t'Parquet and Arrow: prices are exact decimals, where their values allow it ...' \
                '--timestamps'\t'Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...' \
                '--cluster='\t'Parquet: sort each row group by this column, then by ts' \
                '--row-group='\t'Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...' \
                '--codec='\t'Parquet: none, gzip or zstd (default: chosen for each column)' \
                '--line-buffered'\t'Write rows as soon as they are available (the default on a terminal)' \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '' '.'
        case ' drop'
            set commands
            set options \
                '--input-format=ndjson,arrow,arrow-file,parquet,csv'\t'The format of the input (default: detected from its first bytes)' \
                '--columns='\t'Read only these columns' \
                '--infer-rows='\t'How many records to infer columns and types from; 0 for all, which are then ...' \
                '--on-error=stop,skip,pass'\t'Bad records: stop at the first, or skip them' \
                '--delimiter='\t'The separator of CSV fields (default: detected); \\t is a tab' \
                '--text='\t'CSV: these columns are texts, whatever they look like (symbol and ticker ...' \
                '--types='\t'CSV: the types of columns: text, int64, float64, date, timestamp or bool' \
                '--null='\t'CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...' \
                '--comment='\t'CSV: pass over lines that begin with this character' \
                '--date-format='\t'CSV: how dates are written, such as %d.%m.%Y or \'%m/%d/%Y %I:%M %p\'; ISO 8601 ...' \
                '--input-zone='\t'CSV: the zone of times that name none, by its name in the tz database' \
                '--decimal-comma'\t'Numbers in CSV have a decimal comma instead of a decimal point' \
                '--format=ndjson,arrow,arrow-file,parquet,csv'\t'The format to write' \
                '--doubles'\t'Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...' \
                '--decimals'\t'Parquet and Arrow: prices are exact decimals, where their values allow it ...' \
                '--timestamps'\t'Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...' \
                '--cluster='\t'Parquet: sort each row group by this column, then by ts' \
                '--row-group='\t'Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...' \
                '--codec='\t'Parquet: none, gzip or zstd (default: chosen for each column)' \
                '--line-buffered'\t'Write rows as soon as they are available (the default on a terminal)' \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '' '.'
        case ' rename'
            set commands
            set options \
                '--input-format=ndjson,arrow,arrow-file,parquet,csv'\t'The format of the input (default: detected from its first bytes)' \
                '--columns='\t'Read only these columns' \
                '--infer-rows='\t'How many records to infer columns and types from; 0 for all, which are then ...' \
                '--on-error=stop,skip,pass'\t'Bad records: stop at the first, or skip them' \
                '--delimiter='\t'The separator of CSV fields (default: detected); \\t is a tab' \
                '--text='\t'CSV: these columns are texts, whatever they look like (symbol and ticker ...' \
                '--types='\t'CSV: the types of columns: text, int64, float64, date, timestamp or bool' \
                '--null='\t'CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...' \
                '--comment='\t'CSV: pass over lines that begin with this character' \
                '--date-format='\t'CSV: how dates are written, such as %d.%m.%Y or \'%m/%d/%Y %I:%M %p\'; ISO 8601 ...' \
                '--input-zone='\t'CSV: the zone of times that name none, by its name in the tz database' \
                '--decimal-comma'\t'Numbers in CSV have a decimal comma instead of a decimal point' \
                '--format=ndjson,arrow,arrow-file,parquet,csv'\t'The format to write' \
                '--doubles'\t'Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...' \
                '--decimals'\t'Parquet and Arrow: prices are exact decimals, where their values allow it ...' \
                '--timestamps'\t'Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...' \
                '--cluster='\t'Parquet: sort each row group by this column, then by ts' \
                '--row-group='\t'Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...' \
                '--codec='\t'Parquet: none, gzip or zstd (default: chosen for each column)' \
                '--line-buffered'\t'Write rows as soon as they are available (the default on a terminal)' \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '' '.'
        case ' cast'
            set commands
            set options \
                '--force'\t'Replace values that the type cannot hold with null' \
                '--input-format=ndjson,arrow,arrow-file,parquet,csv'\t'The format of the input (default: detected from its first bytes)' \
                '--columns='\t'Read only these columns' \
                '--infer-rows='\t'How many records to infer columns and types from; 0 for all, which are then ...' \
                '--on-error=stop,skip,pass'\t'Bad records: stop at the first, or skip them' \
                '--delimiter='\t'The separator of CSV fields (default: detected); \\t is a tab' \
                '--text='\t'CSV: these columns are texts, whatever they look like (symbol and ticker ...' \
                '--types='\t'CSV: the types of columns: text, int64, float64, date, timestamp or bool' \
                '--null='\t'CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...' \
                '--comment='\t'CSV: pass over lines that begin with this character' \
                '--date-format='\t'CSV: how dates are written, such as %d.%m.%Y or \'%m/%d/%Y %I:%M %p\'; ISO 8601 ...' \
                '--input-zone='\t'CSV: the zone of times that name none, by its name in the tz database' \
                '--decimal-comma'\t'Numbers in CSV have a decimal comma instead of a decimal point' \
                '--format=ndjson,arrow,arrow-file,parquet,csv'\t'The format to write' \
                '--doubles'\t'Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...' \
                '--decimals'\t'Parquet and Arrow: prices are exact decimals, where their values allow it ...' \
                '--timestamps'\t'Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...' \
                '--cluster='\t'Parquet: sort each row group by this column, then by ts' \
                '--row-group='\t'Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...' \
                '--codec='\t'Parquet: none, gzip or zstd (default: chosen for each column)' \
                '--line-buffered'\t'Write rows as soon as they are available (the default on a terminal)' \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '' '.'
        case ' fill'
            set commands
            set options \
                '--with='\t'A number instead of the last value' \
                '--only='\t'Fill these columns (default: all numeric columns)' \
                '--by='\t'Carry values over only between rows with the same value in this column' \
                '--input-format=ndjson,arrow,arrow-file,parquet,csv'\t'The format of the input (default: detected from its first bytes)' \
                '--columns='\t'Read only these columns' \
                '--infer-rows='\t'How many records to infer columns and types from; 0 for all, which are then ...' \
                '--on-error=stop,skip,pass'\t'Bad records: stop at the first, or skip them' \
                '--delimiter='\t'The separator of CSV fields (default: detected); \\t is a tab' \
                '--text='\t'CSV: these columns are texts, whatever they look like (symbol and ticker ...' \
                '--types='\t'CSV: the types of columns: text, int64, float64, date, timestamp or bool' \
                '--null='\t'CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...' \
                '--comment='\t'CSV: pass over lines that begin with this character' \
                '--date-format='\t'CSV: how dates are written, such as %d.%m.%Y or \'%m/%d/%Y %I:%M %p\'; ISO 8601 ...' \
                '--input-zone='\t'CSV: the zone of times that name none, by its name in the tz database' \
                '--decimal-comma'\t'Numbers in CSV have a decimal comma instead of a decimal point' \
                '--format=ndjson,arrow,arrow-file,parquet,csv'\t'The format to write' \
                '--doubles'\t'Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...' \
                '--decimals'\t'Parquet and Arrow: prices are exact decimals, where their values allow it ...' \
                '--timestamps'\t'Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...' \
                '--cluster='\t'Parquet: sort each row group by this column, then by ts' \
                '--row-group='\t'Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...' \
                '--codec='\t'Parquet: none, gzip or zstd (default: chosen for each column)' \
                '--line-buffered'\t'Write rows as soon as they are available (the default on a terminal)' \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '.'
        case ' filter'
            set commands
            set options \
                '--input-format=ndjson,arrow,arrow-file,parquet,csv'\t'The format of the input (default: detected from its first bytes)' \
                '--columns='\t'Read only these columns' \
                '--infer-rows='\t'How many records to infer columns and types from; 0 for all, which are then ...' \
                '--on-error=stop,skip,pass'\t'Bad records: stop at the first, or skip them' \
                '--delimiter='\t'The separator of CSV fields (default: detected); \\t is a tab' \
                '--text='\t'CSV: these columns are texts, whatever they look like (symbol and ticker ...' \
                '--types='\t'CSV: the types of columns: text, int64, float64, date, timestamp or bool' \
                '--null='\t'CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...' \
                '--comment='\t'CSV: pass over lines that begin with this character' \
                '--date-format='\t'CSV: how dates are written, such as %d.%m.%Y or \'%m/%d/%Y %I:%M %p\'; ISO 8601 ...' \
                '--input-zone='\t'CSV: the zone of times that name none, by its name in the tz database' \
                '--decimal-comma'\t'Numbers in CSV have a decimal comma instead of a decimal point' \
                '--format=ndjson,arrow,arrow-file,parquet,csv'\t'The format to write' \
                '--doubles'\t'Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...' \
                '--decimals'\t'Parquet and Arrow: prices are exact decimals, where their values allow it ...' \
                '--timestamps'\t'Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...' \
                '--cluster='\t'Parquet: sort each row group by this column, then by ts' \
                '--row-group='\t'Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...' \
                '--codec='\t'Parquet: none, gzip or zstd (default: chosen for each column)' \
                '--line-buffered'\t'Write rows as soon as they are available (the default on a terminal)' \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '' '.'
        case ' compute'
            set commands
            set options \
                '--input-format=ndjson,arrow,arrow-file,parquet,csv'\t'The format of the input (default: detected from its first bytes)' \
                '--columns='\t'Read only these columns' \
                '--infer-rows='\t'How many records to infer columns and types from; 0 for all, which are then ...' \
                '--on-error=stop,skip,pass'\t'Bad records: stop at the first, or skip them' \
                '--delimiter='\t'The separator of CSV fields (default: detected); \\t is a tab' \
                '--text='\t'CSV: these columns are texts, whatever they look like (symbol and ticker ...' \
                '--types='\t'CSV: the types of columns: text, int64, float64, date, timestamp or bool' \
                '--null='\t'CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...' \
                '--comment='\t'CSV: pass over lines that begin with this character' \
                '--date-format='\t'CSV: how dates are written, such as %d.%m.%Y or \'%m/%d/%Y %I:%M %p\'; ISO 8601 ...' \
                '--input-zone='\t'CSV: the zone of times that name none, by its name in the tz database' \
                '--decimal-comma'\t'Numbers in CSV have a decimal comma instead of a decimal point' \
                '--format=ndjson,arrow,arrow-file,parquet,csv'\t'The format to write' \
                '--doubles'\t'Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...' \
                '--decimals'\t'Parquet and Arrow: prices are exact decimals, where their values allow it ...' \
                '--timestamps'\t'Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...' \
                '--cluster='\t'Parquet: sort each row group by this column, then by ts' \
                '--row-group='\t'Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...' \
                '--codec='\t'Parquet: none, gzip or zstd (default: chosen for each column)' \
                '--line-buffered'\t'Write rows as soon as they are available (the default on a terminal)' \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '' '.'
        case ' sort'
            set commands
            set options \
                '--memory='\t'How much to keep in memory' \
                '--input-format=ndjson,arrow,arrow-file,parquet,csv'\t'The format of the input (default: detected from its first bytes)' \
                '--columns='\t'Read only these columns' \
                '--infer-rows='\t'How many records to infer columns and types from; 0 for all, which are then ...' \
                '--on-error=stop,skip,pass'\t'Bad records: stop at the first, or skip them' \
                '--delimiter='\t'The separator of CSV fields (default: detected); \\t is a tab' \
                '--text='\t'CSV: these columns are texts, whatever they look like (symbol and ticker ...' \
                '--types='\t'CSV: the types of columns: text, int64, float64, date, timestamp or bool' \
                '--null='\t'CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...' \
                '--comment='\t'CSV: pass over lines that begin with this character' \
                '--date-format='\t'CSV: how dates are written, such as %d.%m.%Y or \'%m/%d/%Y %I:%M %p\'; ISO 8601 ...' \
                '--input-zone='\t'CSV: the zone of times that name none, by its name in the tz database' \
                '--decimal-comma'\t'Numbers in CSV have a decimal comma instead of a decimal point' \
                '--format=ndjson,arrow,arrow-file,parquet,csv'\t'The format to write' \
                '--doubles'\t'Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...' \
                '--decimals'\t'Parquet and Arrow: prices are exact decimals, where their values allow it ...' \
                '--timestamps'\t'Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...' \
                '--cluster='\t'Parquet: sort each row group by this column, then by ts' \
                '--row-group='\t'Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...' \
                '--codec='\t'Parquet: none, gzip or zstd (default: chosen for each column)' \
                '--line-buffered'\t'Write rows as soon as they are available (the default on a terminal)' \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '' '.'
        case ' dedup'
            set commands
            set options \
                '--by='\t'The columns that must be the same; \'all\' for whole rows' \
                '--last'\t'Write the last of them instead of the first; this keeps all rows in memory' \
                '--input-format=ndjson,arrow,arrow-file,parquet,csv'\t'The format of the input (default: detected from its first bytes)' \
                '--columns='\t'Read only these columns' \
                '--infer-rows='\t'How many records to infer columns and types from; 0 for all, which are then ...' \
                '--on-error=stop,skip,pass'\t'Bad records: stop at the first, or skip them' \
                '--delimiter='\t'The separator of CSV fields (default: detected); \\t is a tab' \
                '--text='\t'CSV: these columns are texts, whatever they look like (symbol and ticker ...' \
                '--types='\t'CSV: the types of columns: text, int64, float64, date, timestamp or bool' \
                '--null='\t'CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...' \
                '--comment='\t'CSV: pass over lines that begin with this character' \
                '--date-format='\t'CSV: how dates are written, such as %d.%m.%Y or \'%m/%d/%Y %I:%M %p\'; ISO 8601 ...' \
                '--input-zone='\t'CSV: the zone of times that name none, by its name in the tz database' \
                '--decimal-comma'\t'Numbers in CSV have a decimal comma instead of a decimal point' \
                '--format=ndjson,arrow,arrow-file,parquet,csv'\t'The format to write' \
                '--doubles'\t'Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...' \
                '--decimals'\t'Parquet and Arrow: prices are exact decimals, where their values allow it ...' \
                '--timestamps'\t'Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...' \
                '--cluster='\t'Parquet: sort each row group by this column, then by ts' \
                '--row-group='\t'Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...' \
                '--codec='\t'Parquet: none, gzip or zstd (default: chosen for each column)' \
                '--line-buffered'\t'Write rows as soon as they are available (the default on a terminal)' \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '.'
        case ' merge'
            set commands
            set options \
                '--by='\t'The columns that the files are sorted by' \
                '--input-format=ndjson,arrow,arrow-file,parquet,csv'\t'The format of the input (default: detected from its first bytes)' \
                '--columns='\t'Read only these columns' \
                '--infer-rows='\t'How many records to infer columns and types from; 0 for all, which are then ...' \
                '--on-error=stop,skip,pass'\t'Bad records: stop at the first, or skip them' \
                '--delimiter='\t'The separator of CSV fields (default: detected); \\t is a tab' \
                '--text='\t'CSV: these columns are texts, whatever they look like (symbol and ticker ...' \
                '--types='\t'CSV: the types of columns: text, int64, float64, date, timestamp or bool' \
                '--null='\t'CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...' \
                '--comment='\t'CSV: pass over lines that begin with this character' \
                '--date-format='\t'CSV: how dates are written, such as %d.%m.%Y or \'%m/%d/%Y %I:%M %p\'; ISO 8601 ...' \
                '--input-zone='\t'CSV: the zone of times that name none, by its name in the tz database' \
                '--decimal-comma'\t'Numbers in CSV have a decimal comma instead of a decimal point' \
                '--format=ndjson,arrow,arrow-file,parquet,csv'\t'The format to write' \
                '--doubles'\t'Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...' \
                '--decimals'\t'Parquet and Arrow: prices are exact decimals, where their values allow it ...' \
                '--timestamps'\t'Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...' \
                '--cluster='\t'Parquet: sort each row group by this column, then by ts' \
                '--row-group='\t'Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...' \
                '--codec='\t'Parquet: none, gzip or zstd (default: chosen for each column)' \
                '--line-buffered'\t'Write rows as soon as they are available (the default on a terminal)' \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '.'
        case ' join'
            set commands
            set options \
                '--on='\t'The columns that must be the same (default: symbol,ts)' \
                '--asof'\t'Match the last row that is not later, instead of the row with the same time' \
                '--tolerance='\t'With --asof: match no row older than this' \
                '--inner'\t'Leave out rows without a match in the second file' \
                '--input-format=ndjson,arrow,arrow-file,parquet,csv'\t'The format of the input (default: detected from its first bytes)' \
                '--columns='\t'Read only these columns' \
                '--infer-rows='\t'How many records to infer columns and types from; 0 for all, which are then ...' \
                '--on-error=stop,skip,pass'\t'Bad records: stop at the first, or skip them' \
                '--delimiter='\t'The separator of CSV fields (default: detected); \\t is a tab' \
                '--text='\t'CSV: these columns are texts, whatever they look like (symbol and ticker ...' \
                '--types='\t'CSV: the types of columns: text, int64, float64, date, timestamp or bool' \
                '--null='\t'CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...' \
                '--comment='\t'CSV: pass over lines that begin with this character' \
                '--date-format='\t'CSV: how dates are written, such as %d.%m.%Y or \'%m/%d/%Y %I:%M %p\'; ISO 8601 ...' \
                '--input-zone='\t'CSV: the zone of times that name none, by its name in the tz database' \
                '--decimal-comma'\t'Numbers in CSV have a decimal comma instead of a decimal point' \
                '--format=ndjson,arrow,arrow-file,parquet,csv'\t'The format to write' \
                '--doubles'\t'Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...' \
                '--decimals'\t'Parquet and Arrow: prices are exact decimals, where their values allow it ...' \
                '--timestamps'\t'Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...' \
                '--cluster='\t'Parquet: sort each row group by this column, then by ts' \
                '--row-group='\t'Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...' \
                '--codec='\t'Parquet: none, gzip or zstd (default: chosen for each column)' \
                '--line-buffered'\t'Write rows as soon as they are available (the default on a terminal)' \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '.' '.'
        case ' resample'
            set commands
            set options \
                '--zone='\t'The time zone of the exchange, by its name in the tz database' \
                '--session='\t'The hours of the exchange, such as 09:30-16:00' \
                '--input-format=ndjson,arrow,arrow-file,parquet,csv'\t'The format of the input (default: detected from its first bytes)' \
                '--columns='\t'Read only these columns' \
                '--infer-rows='\t'How many records to infer columns and types from; 0 for all, which are then ...' \
                '--on-error=stop,skip,pass'\t'Bad records: stop at the first, or skip them' \
                '--delimiter='\t'The separator of CSV fields (default: detected); \\t is a tab' \
                '--text='\t'CSV: these columns are texts, whatever they look like (symbol and ticker ...' \
                '--types='\t'CSV: the types of columns: text, int64, float64, date, timestamp or bool' \
                '--null='\t'CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...' \
                '--comment='\t'CSV: pass over lines that begin with this character' \
                '--date-format='\t'CSV: how dates are written, such as %d.%m.%Y or \'%m/%d/%Y %I:%M %p\'; ISO 8601 ...' \
                '--input-zone='\t'CSV: the zone of times that name none, by its name in the tz database' \
                '--decimal-comma'\t'Numbers in CSV have a decimal comma instead of a decimal point' \
                '--format=ndjson,arrow,arrow-file,parquet,csv'\t'The format to write' \
                '--doubles'\t'Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...' \
                '--decimals'\t'Parquet and Arrow: prices are exact decimals, where their values allow it ...' \
                '--timestamps'\t'Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...' \
                '--cluster='\t'Parquet: sort each row group by this column, then by ts' \
                '--row-group='\t'Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...' \
                '--codec='\t'Parquet: none, gzip or zstd (default: chosen for each column)' \
                '--line-buffered'\t'Write rows as soon as they are available (the default on a terminal)' \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '' '.'
        case ' validate'
            set commands
            set options \
                '--repair'\t'Write the bars, repaired where possible, instead of the findings' \
                '--input-format=ndjson,arrow,arrow-file,parquet,csv'\t'The format of the input (default: detected from its first bytes)' \
                '--columns='\t'Read only these columns' \
                '--infer-rows='\t'How many records to infer columns and types from; 0 for all, which are then ...' \
                '--on-error=stop,skip,pass'\t'Bad records: stop at the first, or skip them' \
                '--delimiter='\t'The separator of CSV fields (default: detected); \\t is a tab' \
                '--text='\t'CSV: these columns are texts, whatever they look like (symbol and ticker ...' \
                '--types='\t'CSV: the types of columns: text, int64, float64, date, timestamp or bool' \
                '--null='\t'CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...' \
                '--comment='\t'CSV: pass over lines that begin with this character' \
                '--date-format='\t'CSV: how dates are written, such as %d.%m.%Y or \'%m/%d/%Y %I:%M %p\'; ISO 8601 ...' \
                '--input-zone='\t'CSV: the zone of times that name none, by its name in the tz database' \
                '--decimal-comma'\t'Numbers in CSV have a decimal comma instead of a decimal point' \
                '--format=ndjson,arrow,arrow-file,parquet,csv'\t'The format to write' \
                '--doubles'\t'Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...' \
                '--decimals'\t'Parquet and Arrow: prices are exact decimals, where their values allow it ...' \
                '--timestamps'\t'Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...' \
                '--cluster='\t'Parquet: sort each row group by this column, then by ts' \
                '--row-group='\t'Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...' \
                '--codec='\t'Parquet: none, gzip or zstd (default: chosen for each column)' \
                '--line-buffered'\t'Write rows as soon as they are available (the default on a terminal)' \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '.'
        case ' describe'
            set commands
            set options \
                '--input-format=ndjson,arrow,arrow-file,parquet,csv'\t'The format of the input (default: detected from its first bytes)' \
                '--columns='\t'Read only these columns' \
                '--infer-rows='\t'How many records to infer columns and types from; 0 for all, which are then ...' \
                '--on-error=stop,skip,pass'\t'Bad records: stop at the first, or skip them' \
                '--delimiter='\t'The separator of CSV fields (default: detected); \\t is a tab' \
                '--text='\t'CSV: these columns are texts, whatever they look like (symbol and ticker ...' \
                '--types='\t'CSV: the types of columns: text, int64, float64, date, timestamp or bool' \
                '--null='\t'CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...' \
                '--comment='\t'CSV: pass over lines that begin with this character' \
                '--date-format='\t'CSV: how dates are written, such as %d.%m.%Y or \'%m/%d/%Y %I:%M %p\'; ISO 8601 ...' \
                '--input-zone='\t'CSV: the zone of times that name none, by its name in the tz database' \
                '--decimal-comma'\t'Numbers in CSV have a decimal comma instead of a decimal point' \
                '--format=ndjson,arrow,arrow-file,parquet,csv'\t'The format to write' \
                '--doubles'\t'Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...' \
                '--decimals'\t'Parquet and Arrow: prices are exact decimals, where their values allow it ...' \
                '--timestamps'\t'Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...' \
                '--cluster='\t'Parquet: sort each row group by this column, then by ts' \
                '--row-group='\t'Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...' \
                '--codec='\t'Parquet: none, gzip or zstd (default: chosen for each column)' \
                '--line-buffered'\t'Write rows as soon as they are available (the default on a terminal)' \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '.'
        case ' plot'
            set commands
            set options \
                '--symbol='\t'The symbol, if it is also the name of a file' \
                '--indicator='\t'An indicator to draw, such as sma_20; repeat it for more' \
                '--db=.'\t'A store to take the bars from' \
                '--interval='\t'With --db: the interval of the bars' \
                '--last='\t'How many of the last bars to draw; 0 for all' \
                '--term'\t'Draw with characters, as large as the terminal' \
                '--style=auto,light,dark'\t'The colours of the SVG: auto follows the theme of its reader' \
                '--width='\t'The width in points, 200 to 8000; with --term in characters, 20 to 1000' \
                '--height='\t'The height in points, 150 to 6000; with --term in lines, 8 to 500' \
                '--input-format=ndjson,arrow,arrow-file,parquet,csv'\t'The format of the input (default: detected from its first bytes)' \
                '--columns='\t'Read only these columns' \
                '--infer-rows='\t'How many records to infer columns and types from; 0 for all, which are then ...' \
                '--on-error=stop,skip,pass'\t'Bad records: stop at the first, or skip them' \
                '--delimiter='\t'The separator of CSV fields (default: detected); \\t is a tab' \
                '--text='\t'CSV: these columns are texts, whatever they look like (symbol and ticker ...' \
                '--types='\t'CSV: the types of columns: text, int64, float64, date, timestamp or bool' \
                '--null='\t'CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...' \
                '--comment='\t'CSV: pass over lines that begin with this character' \
                '--date-format='\t'CSV: how dates are written, such as %d.%m.%Y or \'%m/%d/%Y %I:%M %p\'; ISO 8601 ...' \
                '--input-zone='\t'CSV: the zone of times that name none, by its name in the tz database' \
                '--decimal-comma'\t'Numbers in CSV have a decimal comma instead of a decimal point' \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '.'
        case ' save'
            set commands
            set options \
                '--db=.'\t'The file' \
                '--interval='\t'The interval of bars that have none, such as 1d or 1m' \
                '--symbol='\t'The symbol of bars that have none' \
                '--input-format=ndjson,arrow,arrow-file,parquet,csv'\t'The format of the input (default: detected from its first bytes)' \
                '--columns='\t'Read only these columns' \
                '--infer-rows='\t'How many records to infer columns and types from; 0 for all, which are then ...' \
                '--on-error=stop,skip,pass'\t'Bad records: stop at the first, or skip them' \
                '--delimiter='\t'The separator of CSV fields (default: detected); \\t is a tab' \
                '--text='\t'CSV: these columns are texts, whatever they look like (symbol and ticker ...' \
                '--types='\t'CSV: the types of columns: text, int64, float64, date, timestamp or bool' \
                '--null='\t'CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...' \
                '--comment='\t'CSV: pass over lines that begin with this character' \
                '--date-format='\t'CSV: how dates are written, such as %d.%m.%Y or \'%m/%d/%Y %I:%M %p\'; ISO 8601 ...' \
                '--input-zone='\t'CSV: the zone of times that name none, by its name in the tz database' \
                '--decimal-comma'\t'Numbers in CSV have a decimal comma instead of a decimal point' \
                '--format=ndjson,arrow,arrow-file,parquet,csv'\t'The format to write' \
                '--doubles'\t'Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...' \
                '--decimals'\t'Parquet and Arrow: prices are exact decimals, where their values allow it ...' \
                '--timestamps'\t'Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...' \
                '--cluster='\t'Parquet: sort each row group by this column, then by ts' \
                '--row-group='\t'Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...' \
                '--codec='\t'Parquet: none, gzip or zstd (default: chosen for each column)' \
                '--line-buffered'\t'Write rows as soon as they are available (the default on a terminal)' \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '.'
        case ' load'
            set commands
            set options \
                '--db=.'\t'The file' \
                '--interval='\t'Only this interval' \
                '--from='\t'The first day or instant' \
                '--to='\t'The day or instant to stop before' \
                '--format=ndjson,arrow,arrow-file,parquet,csv'\t'The format to write' \
                '--doubles'\t'Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...' \
                '--decimals'\t'Parquet and Arrow: prices are exact decimals, where their values allow it ...' \
                '--timestamps'\t'Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...' \
                '--cluster='\t'Parquet: sort each row group by this column, then by ts' \
                '--row-group='\t'Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with ...' \
                '--codec='\t'Parquet: none, gzip or zstd (default: chosen for each column)' \
                '--line-buffered'\t'Write rows as soon as they are available (the default on a terminal)' \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' db'
            set commands \
                'stats'\t'Write one record for each series, and one for the file' \
                'check'\t'Check the whole file, which others may use meanwhile; exit with status 65 if ...' \
                'backup'\t'Copy a consistent snapshot of the file, which others may use meanwhile' \
                'gc'\t'Remove old bars and free their space' \
                'slow'\t'List statements that took longer than a second (or FINSTAGE_SLOW ...' \
                'advise'\t'Show how SQLite runs the usual statements or your own, and which index would ...'
            set options \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information' \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never'
            set arguments '.'
        case ' db stats'
            set commands
            set options \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '.'
        case ' db check'
            set commands
            set options \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '.'
        case ' db backup'
            set commands
            set options \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '.' '.'
        case ' db gc'
            set commands
            set options \
                '--older='\t'Remove bars that are older than this, such as 1825d' \
                '--interval='\t'Remove only bars of this interval' \
                '--dry-run'\t'Only report what would be removed' \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '.'
        case ' db slow'
            set commands
            set options \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '.'
        case ' db advise'
            set commands
            set options \
                '--sql='\t'A statement of your own, such as one that a report runs' \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '.'
        case ' help'
            set commands
            set options
            set arguments 'convert,info,optimize,head,tail,sample,select,drop,rename,cast,fill,filter,compute,sort,dedup,merge,join,resample,validate,describe,plot,save,load,db'
    end
end

# Whether an option takes a value, and which.
function __fs_frame_takes --no-scope-shadowing
    for option in $options
        set -l name (string split -m 1 \t -- $option)[1]
        if string match -q -- "$argv[1]=*" $name
            set kind (string split -m 1 = -- $name)[2]
            return 0
        end
    end
    return 1
end

function __fs_frame_values
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

function __fs_frame
    set -l commands
    set -l options
    set -l arguments
    set -l at ''
    set -l takes 0
    set -l kind ''
    set -l given 0
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    __fs_frame_command
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
                __fs_frame_takes $word; and set takes 1
            case '*'
                if test $given = 0; and string match -qr -- "^$(string escape --style=regex -- $word)\t" $commands
                    set at "$at $word"
                    __fs_frame_command
                else
                    set given (math $given + 1)
                end
        end
    end
    if test $takes = 1
        __fs_frame_values "$kind" "$current"
    else if string match -q -- '-*=*' $current
        set -l parts (string split -m 1 = -- $current)
        __fs_frame_takes $parts[1]; and string replace -r -- '^' "$parts[1]=" (__fs_frame_values "$kind" "$parts[2]")
    else if string match -q -- '-*' $current
        string replace -r -- '=[^\t]*' '' $options
    else
        test $given = 0; and string join \n -- $commands
        if set -q arguments[1]
            set -l place (math "min($given + 1, $(count $arguments))")
            __fs_frame_values "$arguments[$place]" "$current"
        end
    end
end

complete -c fs-frame -e
complete -c fs-frame -f -a '(__fs_frame)'
