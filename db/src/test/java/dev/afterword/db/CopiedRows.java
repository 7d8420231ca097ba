package dev.afterword.db;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/** Copies all rows of one database into another with the same tables, as pg_dump --data-only and pg_restore do, which are not on every machine. */
final class CopiedRows {
    private CopiedRows() {}

    static void copy(Connection from, Connection to) throws SQLException, IOException {
        from.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        from.setAutoCommit(false);
        to.setAutoCommit(false);
        // In any order: foreign keys rest meanwhile.
        try (var statement = to.createStatement()) {
            statement.execute("set local session_replication_role = replica");
        }
        var out = new CopyManager(from.unwrap(BaseConnection.class));
        var in = new CopyManager(to.unwrap(BaseConnection.class));
        for (var table : tables(from)) {
            var rows = new ByteArrayOutputStream();
            out.copyOut("copy " + table + " to stdout", rows);
            in.copyIn("copy " + table + " from stdin", new ByteArrayInputStream(rows.toByteArray()));
        }
        from.rollback();
        to.commit();
    }

    private static List<String> tables(Connection connection) throws SQLException {
        var tables = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select tablename from pg_tables where schemaname = 'public' and tablename <> 'flyway_schema_history' order by 1")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }
}
