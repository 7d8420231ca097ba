package dev.afterword.db;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an import has done so far: every line is created, updated, unchanged or failed; the first 1,000 failures are listed. */
public record ImportReport(
        long lines, long created, long updated, long unchanged, long failed, List<Failure> failures) {
    public static final ImportReport EMPTY = new ImportReport(0, 0, 0, 0, 0, List.of());
    private static final int MOST_FAILURES = 1000;

    /**
     * Why a line failed.
     *
     * @param line counted from 1 as an editor counts them
     * @param field the dotted path of the field at fault
     */
    public record Failure(long line, @Nullable String field, String code, List<Object> arguments) {
        public static Failure of(long line, Problem problem) {
            return new Failure(line, problem.field(), problem.code(), problem.arguments());
        }
    }

    /** This report and the results of further lines. */
    public ImportReport and(List<Long> numbers, List<LineResult> results) {
        long createdNow = created;
        long updatedNow = updated;
        long unchangedNow = unchanged;
        long failedNow = failed;
        var failuresNow = new ArrayList<>(failures);
        for (int i = 0; i < results.size(); i++) {
            switch (results.get(i).outcome()) {
                case CREATED -> createdNow++;
                case UPDATED -> updatedNow++;
                case UNCHANGED -> unchangedNow++;
                case FAILED -> {
                    failedNow++;
                    var problem = results.get(i).problem();
                    if (problem != null && failuresNow.size() < MOST_FAILURES) {
                        failuresNow.add(Failure.of(numbers.get(i), problem));
                    }
                }
            }
        }
        return new ImportReport(lines + results.size(), createdNow, updatedNow, unchangedNow, failedNow, failuresNow);
    }
}
