import ArgumentParser
import FinstageCommand
import FinstageSystem

@main
struct StreamTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fs-stream",
    abstract: "Serve a pipe of records to thousands of WebSocket clients, each of which gets what it asked for.",
    discussion: """
      Records come in on standard input, one JSON object a line: quotes, bars, trades, alerts, analyses, and any other; CSV, Arrow and Parquet, also packed with gzip, \
      are read as well. Standard input is read once, whatever the number of clients, and reading it never waits for a client. A line is sent when its line feed has come: \
      if events arrive in bursts, the program before fs-stream is buffering (grep --line-buffered, stdbuf -oL, python -u, fs-indicators --line-buffered).

      WHAT CLIENTS SAY
      A client opens ws://HOST:PORT/ws/realtime and sends JSON texts:
        {"action":"subscribe","type":"prices","symbols":["AAPL","^*"],"conflate":"500ms"}
        {"action":"unsubscribe","type":"prices","symbols":["AAPL"]}
        {"action":"heartbeat"}, {"action":"get_status"}, {"action":"get_current_prices","symbols":["AAPL"]}
        {"action":"get_price_history","symbol":"AAPL","limit":50}
        {"action":"auth","token":"..."} where --auth is given and the request had no header Authorization: Bearer ...
      type is prices (quotes, bars, trades), technical_analysis (analyses), alerts, or all. Without symbols, or with patterns (* and ?), symbols \
      that come later are subscribed to as well. With conflate, a client gets at most one update of each symbol in that time; with "batch":"200ms", the events of that time as one list; with "fields":["current_price"], only these \
      beside type, symbol and seq; with "format":"arrow", batches as binary messages, each a stream of Arrow. These hold for all that the client has subscribed to, until it says something else.

      WHAT CLIENTS HEAR
      After the answer, which lists the symbols, comes the last event of each symbol, marked "snapshot":true, then "action":"snapshot_end", then each event. The events of a \
      symbol and kind are numbered without holes ("seq"); where newer prices replaced older ones, the next update says "skipped": how many. "epoch" changes when the server begins anew. To resume, a client sends \
      "resume":{"epoch":"...","seqs":{"prices:AAPL":12}} with its subscription; it gets what it missed, or {"type":"gap","first":...,"last":...} and the events that are left. \
      Every 30 s a heartbeat has the server's time and the number of the last event of each symbol. A client that reads too slowly is told \
      ({"type":"lag"}); prices of quotes and bars are left out for it until it has caught up, and if trades, alerts and other events fill its queue, it is closed with 1013. \
      {"type":"stale"} and "live" say that a symbol had no event for --stale-after although its market is open. Before the server ends, {"type":"shutdown","retry_after":...} says when to come back.

      WHAT RECORDS BECOME
        record                          message              subscription        from which fields
        quote                           price_update         prices, all         current_price from price
        bar                             price_update         prices, all         current_price from close
        trade                           price_update with    prices, all         current_price from price
                                        "stream":"trades"
        analysis                        technical_analysis   technical_analysis, all
        alert                           alert                alerts, all         alert_type from rule, current_price from value, threshold_value from threshold
        metric, and any other           its own type         all                 symbol from name, if it has none
      previous_price, change_amount and change_percent (unless the record has it) are those to the event before of the symbol; timestamp is ts; market_status is that of New York unless \
      the record says it. Numbers keep their digits, and all other fields of a record pass, also those out of which another was made; a record's own seq, stream, epoch, snapshot and skipped are \
      called record_seq and so on in messages, and tail gives them their names back.

      TOKENS
      A line of the file of --auth is a token and what its holder may do: TOKEN name=desk symbols=AAPL,^* publish expires=2027-01-01; without symbols, all. With --jwt-key, signed tokens (HS256, ES256) \
      are taken as well; they must have exp, and may have nbf, aud, sub, symbols (a list) and publish (true). A token comes in the header Authorization, as the subprotocol bearer.TOKEN beside finstage, or in \
      the first message. A minute before it expires the client is told, and may send a newer one; then it is closed with 4401. SIGHUP reads the files again. Close codes from 4500 on mean: do not come back with this.

      OVER HTTP
        /events?type=prices&symbols=AAPL   the same as Server-Sent Events; Last-Event-ID is understood
        /ws/demo                           a page that shows all of it
        /ws/status, /metrics, /healthz, /readyz
        /ws/clients, POST /ws/broadcast    for whoever has the token in the state folder (stream-PORT.token)
        POST /ws/streaming/start, stop     the same; the pipe as a whole, or {"symbols":["AAPL"]} of --fetch
        POST /ws/publish                   records, a line each, for the administrator and tokens that may

      SEVERAL NODES
      With --bus redis://HOST:PORT one server reads the pipe, and others serve the same events with --follow, each to its own clients: the same numbers, the same epoch. A client that loses its node resumes at any other. The events go through one stream of the Redis in frames that are numbered without holes: a node that misses one says so ({"type":"gap"}), and a second reader of the pipe is refused (status 75). Each node has the past that the Redis keeps (10,000 frames) when it begins; a reader that begins anew goes on with the numbers of the one before. While the Redis is away the reader serves its own clients, the others say {"type":"stale"}, and what was missed comes when it is there again. A Redis that has lost everything goes on with what comes from then on; if no node reads at that time, the next one begins a new epoch. Clients publish at the reading node only. fs-stream bus ADDRESS checks the server: it must not evict (maxmemory-policy noeviction), and keeps more over its own restart with appendonly yes. AUTH comes from the address (redis://:PASSWORD@host in the environment of a service, not on a command line); rediss: is TLS.

      KAFKA, NATS
      Their own clients are the pipe: kcat -C -b BROKER -t prices -f '%p %o %s\\n' | fs-stream --offsets FILE keeps for each partition the offset that is next, and leaves out lines that came before. kcat itself begins at the end of the topic: give it the offset from FILE (-p 0 -o N; samples/cluster/kafka.sh). Offsets are numbers of one partition, and order holds within it only. FILE is written once a second: after a crash the lines of that second come again, with new numbers. nats sub has no resume; a durable consumer of JetStream begins where it was (samples/cluster/nats.sh).

      EXAMPLES:
        fs-fetch --quote --every 10s AAPL MSFT | fs-stream --port 8081
        fs-fetch --quote --every 10s AAPL MSFT | fs-alert --rules prices.conf --pass | fs-stream
        fs-stream tail ws://localhost:8081/ws/realtime --subscribe prices:AAPL,GOOGL
        fs-stream tail wss://stream.example.com/ws --send '{"op":"subscribe","args":["trade.BTCUSDT"]}' --map symbol=s,price=p,ts=T
        fs-stream --replay bars.parquet --speed 60x
        fs-stream --fetch AAPL,MSFT --every 10s -- --provider yahoo
        fs-stream publish ws://localhost:8081 < events.ndjson
        fs-stream status; fs-stream clients; fs-stream broadcast 'closing in 30 minutes'
        fs-stream --bus redis://bus:6379 < feed
        fs-stream --bus redis://bus:6379 --follow --port 8082
        fs-stream bus redis://bus:6379

      EXIT STATUS:
      0 the input has ended and everybody has been sent everything; 64 wrong usage; 69 a server cannot be reached (tail, status); 73 the port is taken; 75 another node reads the feed of the bus, or nobody does; \
      77 a server refuses for good (tail); 78 a file of tokens that others may read.

      ENVIRONMENT:
      The token of the administrator is written to $XDG_STATE_HOME/finstage (or, with FINSTAGE_HOME, state in it).
      """,
    version: finstageVersion,
    subcommands: [Serve.self, Tail.self, Publish.self, Status.self, Clients.self, Broadcast.self, Bus.self],
    defaultSubcommand: Serve.self)

  static func main() { startCommands() }
}
