#include <sqlite3.h>
#ifdef __linux__
#include <sys/vfs.h>
#endif

// The magic number of the file system that a path is on, or 0; Swift's view of the C library has no statfs.
static inline unsigned long fs_file_system_kind(const char *path) {
#ifdef __linux__
  struct statfs status;
  return statfs(path, &status) == 0 ? (unsigned long)status.f_type : 0;
#else
  return 0;
#endif
}

// sqlite3_db_config is variadic, which Swift cannot call.

// A file may come from anybody: nothing in it is a program (sqlite.org/security.html). Triggers where the schema has some.
static inline int fs_sqlite_distrust(sqlite3 *db, int triggers) {
  int code = sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
  if (code == SQLITE_OK) code = sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)0);
  if (code == SQLITE_OK) code = sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, (int *)0);
  if (code == SQLITE_OK) code = sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, triggers, (int *)0);
  return code;
}

static inline int fs_sqlite_no_checkpoint_on_close(sqlite3 *db) {
  return sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}
