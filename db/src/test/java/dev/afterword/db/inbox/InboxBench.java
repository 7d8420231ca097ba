package dev.afterword.db.inbox;

import dev.afterword.db.BenchLine;
import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.workspace.Workspace;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * The inbox's first page in every view, with its counts, and searches for words that stand in every second case, in one of a hundred and in one, over many cases
 * beside another workspace's. Set {@code afterword.bench.cases} for another number.
 */
@DatabaseTest
class InboxBench {
    private static final int CASES = Integer.getInteger("afterword.bench.cases", 100_000);
    private static final int CHUNK = 2_000;
    private static final int RUNS = 100;
    private static final int LIMIT = 100;
    private static final List<String> SEARCHES =
            List.of("kettle", "parcel kettle", "rare7", "rare7 kettle", "one1234", "one12", "kett", "nowhere");

    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    ListedCases listed;

    @Autowired
    DatabaseClient database;

    @Test
    void readsTheFirstPage() {
        var workspace = workspaceWith(CASES);
        workspaceWith(CASES / 2);
        database.sql("analyze support_case").then().block();
        var me = database.sql(
                        "select owner_id from support_case where workspace_id = $1 and owner_id is not null limit 1")
                .bind(0, workspace)
                .mapValue(UUID.class)
                .one()
                .block();
        long[] pages = new long[CaseView.values().length * RUNS];
        int at = 0;
        for (var view : CaseView.values()) {
            for (int run = 0; run < RUNS; run++) {
                pages[at++] = page(workspace, me, view, null);
            }
        }
        print("inbox-page-milliseconds", pages);
        for (var search : SEARCHES) {
            var times = new long[RUNS];
            for (int run = 0; run < RUNS; run++) {
                times[run] = page(workspace, me, CaseView.ALL, search);
            }
            print("inbox-search-milliseconds-" + search.replace(' ', '-'), times);
        }
    }

    private static void print(String name, long[] nanos) {
        Arrays.sort(nanos);
        BenchLine.print(name + "-p99", nanos[nanos.length * 99 / 100] / 1e6, LIMIT);
    }

    private long page(UUID workspace, UUID me, CaseView view, @Nullable String search) {
        var now = Instant.now();
        long begun = System.nanoTime();
        listed.page(workspace, new CaseQuery(view, me, search, null, null), now, null, 50)
                .zipWith(listed.counts(workspace, List.of(CaseView.values()), me, now))
                .zipWith(listed.teams(workspace))
                .block();
        return System.nanoTime() - begun;
    }

    private UUID workspaceWith(int cases) {
        var id = openWorkspace
                .open(Workspace.open(Key.nextId(), "Bench", ZoneOffset.UTC, "en", Instant.now()))
                .block()
                .id();
        for (int from = 0; from < cases; from += CHUNK) {
            insert(id, from + 1, Math.min(cases, from + CHUNK));
        }
        return id;
    }

    private void insert(UUID workspace, int from, int to) {
        database.sql("""
                        insert into support_case (workspace_id, id, version, kind, subject, source, status, priority, owner_id, team, first_due_at, solve_due_at, first_answered_at,
                            closed_at, root_cause, topic, opened_at, latest_at, words)
                        select $1, gen_random_uuid(), 0, case n % 3 when 0 then 'complaint' else 'question' end, 'Case ' || n, 'hand',
                            case when n % 20 = 0 then 'open' when n % 20 = 1 then 'waiting' when n % 50 = 2 then 'spam' else 'closed' end, 3,
                            case when n % 4 = 0 then ('00000000-0000-0000-0000-00000000000' || n % 8)::uuid end, case when n % 3 = 0 then 'team ' || n % 7 end,
                            now() - make_interval(mins => n) + interval '8 hours', now() - make_interval(mins => n) + interval '5 days', case when n % 20 > 1 then now() end,
                            case when n % 20 > 1 then now() end, case when n % 3 = 0 then 'product' end, case when n % 3 = 0 then 'lid' end,
                            now() - make_interval(mins => n), now() - make_interval(mins => n),
                            to_tsvector('simple', case when n % 2 = 0 then 'the kettle leaks ' else 'the parcel ' end || ' rare' || n % 100 || ' one' || n || ' ' || md5(n::text) || ' ' || repeat('word' || n % 1000 || ' ', 20)
                                || (select string_agg('w' || (n * 31 + k * k * 17) % 5000, ' ') from generate_series(1, 60) k))
                        from generate_series($2::int, $3::int) n
                        """).bind(0, workspace).bind(1, from).bind(2, to).then().block();
    }
}
