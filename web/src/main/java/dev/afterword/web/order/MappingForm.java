package dev.afterword.web.order;

import dev.afterword.db.response.mapping.Dialect;
import dev.afterword.db.response.mapping.ResponseMapping;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.web.Form;
import java.time.ZoneId;
import java.util.stream.IntStream;

/** Reads what somebody said that the columns of a table are. */
final class MappingForm {
    private static final int MOST_COLUMNS = 500;
    private static final int LONGEST = 300;

    private MappingForm() {}

    /** What is no target or no zone counts as not said. */
    static ResponseMapping read(Form form, Workspace workspace) {
        var zone = form.value("zone");
        return new ResponseMapping(
                Dialect.of(form.value("dialect")),
                form.value("survey"),
                ZoneId.getAvailableZoneIds().contains(zone)
                        ? zone
                        : workspace.zone().getId(),
                IntStream.range(0, Math.max(0, form.number("columns", 0, MOST_COLUMNS)))
                        .mapToObj(at -> target(form.value("c" + at)))
                        .toList());
    }

    private static String target(String said) {
        var known = ResponseMapping.FIELDS.contains(said) || said.startsWith(ResponseMapping.ANSWERS);
        return known && said.length() <= LONGEST ? said : "";
    }
}
