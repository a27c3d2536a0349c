import FinstageCore
import FinstageStore

extension SQLiteTaskQueue {
  /// Times are milliseconds since 1970, and spans are milliseconds, unless a name says otherwise.
  static let schema = Schema(
    applicationID: 0x6673_7175,  // "fsqu"
    kind: .own,
    migrations: [
      """
      CREATE TABLE task (
        id INTEGER PRIMARY KEY AUTOINCREMENT, state INTEGER NOT NULL, prio INTEGER NOT NULL, due INTEGER NOT NULL,
        argv TEXT NOT NULL, cwd TEXT NOT NULL, env TEXT, input BLOB, tags TEXT, ukey TEXT, timeout INTEGER, expires INTEGER,
        retries INTEGER NOT NULL, delay INTEGER NOT NULL, attempt INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0,
        losses INTEGER NOT NULL DEFAULT 0, owner TEXT, pid INTEGER NOT NULL DEFAULT 0, pstart INTEGER NOT NULL DEFAULT 0,
        cancel INTEGER NOT NULL DEFAULT 0, status INTEGER, reason TEXT, progress REAL, note TEXT, added INTEGER NOT NULL,
        began INTEGER, ended INTEGER
      ) STRICT;
      CREATE INDEX ready ON task (prio, due, id) WHERE state = 0;
      CREATE INDEX later ON task (due) WHERE state IN (1, 3);
      CREATE INDEX active ON task (owner) WHERE state = 2;
      CREATE INDEX late ON task (expires) WHERE expires IS NOT NULL AND state IN (0, 1, 3);
      CREATE UNIQUE INDEX uniq ON task (ukey) WHERE ukey IS NOT NULL AND state < 4;
      CREATE INDEX old ON task (ended) WHERE state >= 4;
      CREATE TABLE attempt (
        task INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE, n INTEGER NOT NULL, owner TEXT, began INTEGER, ended INTEGER,
        status INTEGER, how TEXT, user_us INTEGER, sys_us INTEGER, peak_kb INTEGER, out_len INTEGER, err_len INTEGER, out BLOB,
        err BLOB, PRIMARY KEY (task, n)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE event (
        seq INTEGER PRIMARY KEY, task INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE, at INTEGER NOT NULL, was INTEGER,
        now INTEGER NOT NULL, note TEXT
      ) STRICT;
      CREATE INDEX history ON event (task);
      CREATE TABLE worker (
        uuid TEXT PRIMARY KEY, pid INTEGER NOT NULL, started INTEGER NOT NULL, slots INTEGER NOT NULL,
        completed INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0
      ) STRICT, WITHOUT ROWID;
      -- Counting a million tasks takes too long: counts are kept.
      CREATE TABLE tally (state INTEGER PRIMARY KEY, n INTEGER NOT NULL) STRICT;
      INSERT INTO tally VALUES (0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 0), (7, 0);
      CREATE TRIGGER tally_added AFTER INSERT ON task BEGIN UPDATE tally SET n = n + 1 WHERE state = new.state; END;
      CREATE TRIGGER tally_changed AFTER UPDATE OF state ON task WHEN old.state <> new.state BEGIN
        UPDATE tally SET n = n - 1 WHERE state = old.state;
        UPDATE tally SET n = n + 1 WHERE state = new.state;
      END;
      CREATE TRIGGER tally_removed AFTER DELETE ON task BEGIN UPDATE tally SET n = n - 1 WHERE state = old.state; END;
      CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
      """,
      // Groups, dependencies, batches, schedules, figures.
      """
      ALTER TABLE task ADD COLUMN grp TEXT NOT NULL DEFAULT '';
      ALTER TABLE task ADD COLUMN parents INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE task ADD COLUMN batch INTEGER;
      ALTER TABLE task ADD COLUMN item TEXT;
      ALTER TABLE task ADD COLUMN slot INTEGER;
      ALTER TABLE task ADD COLUMN codes TEXT;
      ALTER TABLE task ADD COLUMN clean INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE task ADD COLUMN backoff INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE task ADD COLUMN cap INTEGER NOT NULL DEFAULT 3600000;
      ALTER TABLE task ADD COLUMN job TEXT;
      DROP INDEX ready;
      CREATE INDEX ready ON task (grp, prio, due, id) WHERE state = 0 AND parents = 0;
      CREATE INDEX members ON task (batch) WHERE batch IS NOT NULL;
      CREATE INDEX troubled ON task (state, id) WHERE state IN (5, 6, 7);
      CREATE INDEX jobs ON task (job) WHERE job IS NOT NULL;
      CREATE TABLE edge (
        parent INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
        child INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE, cond TEXT NOT NULL, PRIMARY KEY (parent, child)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX upward ON edge (child);
      CREATE TABLE grp (
        name TEXT PRIMARY KEY, lim INTEGER, running INTEGER NOT NULL DEFAULT 0, gap_us INTEGER,
        next_us INTEGER NOT NULL DEFAULT 0, paused INTEGER NOT NULL DEFAULT 0
      ) STRICT, WITHOUT ROWID;
      INSERT INTO grp (name) VALUES ('');
      CREATE TRIGGER grp_running AFTER UPDATE OF state ON task WHEN new.grp <> '' AND (old.state = 2) <> (new.state = 2) BEGIN
        UPDATE grp SET running = running + (CASE new.state WHEN 2 THEN 1 ELSE -1 END) WHERE name = new.grp;
      END;
      ALTER TABLE worker ADD COLUMN pstart INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE worker ADD COLUMN boot TEXT;
      CREATE TABLE schedule (
        name TEXT PRIMARY KEY, source TEXT NOT NULL, definition TEXT NOT NULL, next INTEGER, last_slot INTEGER, last_task INTEGER,
        last_status INTEGER, last_seconds REAL, succeeded INTEGER NOT NULL DEFAULT 0, total INTEGER NOT NULL DEFAULT 0
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX upcoming ON schedule (next) WHERE next IS NOT NULL;
      CREATE TABLE firing (
        seq INTEGER PRIMARY KEY, name TEXT NOT NULL, slot INTEGER NOT NULL, at INTEGER NOT NULL, what TEXT NOT NULL, task INTEGER
      ) STRICT;
      CREATE INDEX firings ON firing (name, seq);
      CREATE TABLE histogram (
        name TEXT NOT NULL, bucket INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (name, bucket)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE figure (name TEXT PRIMARY KEY, value REAL NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE ended_minute (minute INTEGER PRIMARY KEY, n INTEGER NOT NULL) STRICT;
      """,
      // Tasks that a worker has, but has not begun, have a state of their own: -1.
      """
      INSERT INTO tally VALUES (-1, 0);
      DROP INDEX active;
      CREATE INDEX active ON task (owner) WHERE state IN (-1, 2);
      DROP TRIGGER grp_running;
      CREATE TRIGGER grp_running AFTER UPDATE OF state ON task
      WHEN new.grp <> '' AND (old.state IN (-1, 2)) <> (new.state IN (-1, 2)) BEGIN
        UPDATE grp SET running = running + (CASE WHEN new.state IN (-1, 2) THEN 1 ELSE -1 END) WHERE name = new.grp;
      END;
      """,
      // The command that runs when the task fails.
      "ALTER TABLE task ADD COLUMN alarm TEXT",
      // Tasks that wait for their release have the state -2; a running task can be stopped.
      """
      INSERT INTO tally VALUES (-2, 0);
      ALTER TABLE task ADD COLUMN stopped INTEGER NOT NULL DEFAULT 0;
      DROP INDEX late;
      CREATE INDEX late ON task (expires) WHERE expires IS NOT NULL AND state IN (-2, 0, 1, 3);
      """,
      // Tasks for workers of a name, and workers with names.
      """
      ALTER TABLE task ADD COLUMN place TEXT NOT NULL DEFAULT '';
      ALTER TABLE worker ADD COLUMN places TEXT;
      DROP INDEX ready;
      CREATE INDEX ready ON task (grp, place, prio, due, id) WHERE state = 0 AND parents = 0;
      """,
    ])
}
