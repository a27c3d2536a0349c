import FinstageSystem
import FinstageCore
import FinstagePostgres

/// What an administrator wants to know of the server.
extension PostgresTaskQueue {
  package func facts() throws -> [Fact] {
    let connection = try session()
    var facts = [Fact("queue", name)]
    let version = connection.serverVersion
    facts.append(
      Fact(
        "server",
        "PostgreSQL \(version / 10_000).\(version % 10_000), library \(connection.libraryVersion / 10_000)"
          + (connection.hasPipelines ? "" : " (version 14 or later would need fewer round trips)")
          + (version < 120_000 ? ": 12 or later is needed" : ""), isTrouble: version < 120_000))
    if try connection.isPooled() {
      facts.append(
        Fact("pooler", "between this machine and the server: no notices come through, so workers look each second")
      )
    }
    let state = try run(
      """
      SELECT pg_is_in_recovery() AS recovers, current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commits,
        current_setting('synchronous_standby_names') AS standbys, current_setting('max_connections')::int AS most,
        (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend') AS used,
        (SELECT count(*) FROM pg_stat_replication) AS replicas,
        coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false) AS ssl, inet_server_addr() IS NOT NULL AS remote
      """
    ).first
    if let state {
      if state.bool("recovers") {
        facts.append(Fact("recovery", "this server is a standby: nothing can be added", isTrouble: true))
      }
      if state.text("fsync") == "off" {
        facts.append(
          Fact("durability", "fsync is off: a crash of the server can lose or damage all tasks", isTrouble: true))
      } else if state.text("commits") == "off" {
        facts.append(
          Fact(
            "durability", "synchronous_commit is off: a crash can lose the last tasks that were added", isTrouble: true)
        )
      }
      let standbys = state.text("standbys") ?? ""
      if state.integer("replicas") > 0, standbys.isEmpty {
        facts.append(
          Fact(
            "failover",
            "the replicas are asynchronous: a failover can lose the last tasks (synchronous_standby_names is empty)"))
      }
      facts.append(
        Fact(
          "connections", "\(state.integer("used")) of \(state.integer("most")) (a worker takes two)",
          isTrouble: state.integer("used") > state.integer("most") * 9 / 10))
      if state.bool("remote"), !state.bool("ssl") {
        facts.append(Fact("encryption", "none (sslmode=verify-full in the address asks for it)"))
      }
    }
    facts += try holders()
    let adds = SpooledAdds(folder: spool.folder)
    if !adds.files.isEmpty {
      facts.append(
        Fact("spool", "\(adds.files.count) adds of this machine wait: the next worker or add --spool here sends them"))
    }
    if !adds.refused.isEmpty {
      facts.append(
        Fact(
          "refused", "\(adds.refused.count) adds of this machine were not taken: look at and remove \(adds.refused[0])",
          isTrouble: true))
    }
    for row in try run(
      """
      SELECT relname, n_live_tup AS live, n_dead_tup AS dead, coalesce(last_autoanalyze, last_analyze) IS NULL AS unknown
      FROM pg_stat_user_tables WHERE schemaname = $1 AND relname IN ('task', 'worker', 'figure') AND n_dead_tup > 10000
        AND n_dead_tup > n_live_tup
      """, [PostgresValue(schema)])
    {
      facts.append(
        Fact(
          "dead rows",
          "\(row.integer("dead")) in \(row.text("relname") ?? ""), beside \(row.integer("live")) that live: is autovacuum on?",
          isTrouble: true))
    }
    return facts
  }

  /// What keeps old versions of rows from being removed: each claim walks over them until it ends.
  private func holders() throws -> [Fact] {
    var facts: [Fact] = []
    if try run("SELECT pg_has_role('pg_read_all_stats', 'usage') AS sees").first?.bool("sees") == false {
      facts.append(
        Fact("snapshots", "those of other roles cannot be seen (GRANT pg_read_all_stats TO this role shows them)"))
    }
    for row in try run(
      """
      SELECT 'process ' || pid || ' of ' || coalesce(usename, '?') || ' (' || coalesce(nullif(application_name, ''), '?') || ')' AS who,
        extract(epoch FROM clock_timestamp() - xact_start)::bigint AS seconds FROM pg_stat_activity
      WHERE backend_xmin IS NOT NULL AND pid <> pg_backend_pid() AND datname = current_database()
        AND clock_timestamp() - xact_start > interval '60 s'
      UNION ALL SELECT 'replication slot ' || slot_name, 60 FROM pg_replication_slots
        WHERE xmin IS NOT NULL OR (catalog_xmin IS NOT NULL AND NOT active)
      UNION ALL SELECT 'prepared transaction ' || gid, extract(epoch FROM clock_timestamp() - prepared)::bigint FROM pg_prepared_xacts
        WHERE clock_timestamp() - prepared > interval '60 s'
      """)
    {
      facts.append(
        Fact(
          "snapshot",
          "\(row.text("who") ?? "") has held one for \(row.integer("seconds")) s or more: claims get slower until it ends",
          isTrouble: true))
    }
    return facts
  }
}
