package dev.afterword.db;

import java.util.ArrayList;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/** The values of one statement that is put together from parts: each gets the next place, {@code $1}, {@code $2} … */
public final class Binds {
    private final List<Object> values = new ArrayList<>();

    /** Keeps the value and gives the place to write in its stead. */
    public String add(Object value) {
        values.add(value);
        return "$" + values.size();
    }

    public GenericExecuteSpec statement(DatabaseClient database, String sql) {
        var statement = database.sql(sql);
        for (int place = 0; place < values.size(); place++) {
            statement = statement.bind(place, values.get(place));
        }
        return statement;
    }
}
