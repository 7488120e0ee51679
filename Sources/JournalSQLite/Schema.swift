import GRDB

/// The tables of `samskap.sqlite`.
///
/// Why the log and the snapshots lie in 64 parts: `secure_delete` zeroes what SQLite frees, but when SQLite
/// moves rows within a page it leaves old copies in the page's unused middle, and a later delete does not
/// find those (seen with 3.40). Emptying a whole table is different: every page of it is freed, and zeroed.
/// So erasing rewrites the part that held the stream; parts keep that cheap. Open ballots are few, so the
/// cells are one part.
///
/// A migration never changes, not in a comment: a start compares the definitions in the file with these.
///
/// No foreign keys point from these to `stream`: a table with one is emptied row by row (SQLite's truncate
/// optimization is off then), which is what must not happen here.
enum Schema {
    /// How many tables the log and the snapshots are spread over; part of the file format.
    static let partCount = 64

    /// The part that holds a stream's log and snapshot.
    static func part(of number: Int64) -> Int { Int(number & Int64(partCount - 1)) }

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { db in
            try db.execute(
                sql: """
                    CREATE TABLE stream (
                        number INTEGER PRIMARY KEY AUTOINCREMENT,
                        id TEXT NOT NULL UNIQUE,
                        epoch TEXT NOT NULL,
                        base INTEGER NOT NULL,       -- last purged record; 0 if none
                        base_tag INTEGER NOT NULL,   -- its check value; the chain's start if none
                        head INTEGER NOT NULL,       -- last record; 0 if there never was one
                        head_tag INTEGER NOT NULL,   -- its check value
                        cells_tag INTEGER NOT NULL,  -- wrapping sum of the check values of the live cells
                        snapshot INTEGER NOT NULL,   -- the snapshot's sequence; -1 if there is none
                        seal INTEGER NOT NULL        -- check value of this row
                    ) STRICT;
                    CREATE TABLE cell (
                        stream INTEGER NOT NULL, key TEXT NOT NULL, tag INTEGER NOT NULL, value BLOB NOT NULL,
                        PRIMARY KEY (stream, key)
                    ) WITHOUT ROWID, STRICT;
                    CREATE TABLE directory (
                        key TEXT PRIMARY KEY NOT NULL,
                        stream INTEGER NOT NULL REFERENCES stream (number),
                        tag INTEGER NOT NULL
                    ) WITHOUT ROWID, STRICT;
                    CREATE INDEX directory_stream ON directory (stream);
                    """)
            for part in 0..<partCount {
                try db.execute(
                    sql: """
                        CREATE TABLE record_\(part) (
                            stream INTEGER NOT NULL, sequence INTEGER NOT NULL,
                            tag INTEGER NOT NULL, bytes BLOB NOT NULL,
                            PRIMARY KEY (stream, sequence)
                        ) WITHOUT ROWID, STRICT;
                        CREATE TABLE snapshot_\(part) (
                            stream INTEGER PRIMARY KEY, sequence INTEGER NOT NULL, format INTEGER NOT NULL,
                            tag INTEGER NOT NULL, bytes BLOB NOT NULL
                        ) STRICT;
                        """)
            }
        }
        return migrator
    }

    /// What the file says its tables and indexes are, except GRDB's own list of migrations.
    static func definitions(_ db: Database) throws -> [String] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') FROM sqlite_schema
                WHERE tbl_name <> 'grdb_migrations' AND name <> 'sqlite_sequence' ORDER BY rowid
                """)
        // Two that lie in one place are damage too.
        let places = try Row.fetchAll(db, sql: "SELECT count(*), count(DISTINCT rootpage) FROM sqlite_schema")
        let isApart = try places.allSatisfy { try $0.integer(0) == $0.integer(1) }
        return try rows.map { try $0.text(0) } + (isApart ? [] : ["two in one place"])
    }

    /// What ``definitions(_:)`` finds in a new database; empty only if there is no memory for one.
    static let expected: [String] = {
        do {
            let queue = try DatabaseQueue()
            try migrator.migrate(queue)
            return try queue.read { try definitions($0) }
        } catch { return [] }
    }()
}
