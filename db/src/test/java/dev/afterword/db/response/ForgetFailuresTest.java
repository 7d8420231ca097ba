package dev.afterword.db.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Rows;
import dev.afterword.db.followup.OpenWorkspace;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** What did not fit in an uploaded file is not quoted for good. */
@DatabaseTest
class ForgetFailuresTest {
    @Autowired
    DatabaseClient database;

    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    ForgetFailures forget;

    @Test
    void linesThatFailedAndNamesOfFilesAreForgottenAfterThirtyDays() {
        var workspace = new Rows(database, openWorkspace).workspace.id();
        database.sql("""
                        insert into import_run (workspace_id, id, kind, format, file_name, state, failed, failures, created_at, finished_at)
                        select $1, gen_random_uuid(), 'orders', 'csv', 'Ana Souza.csv', 'finished', 1,
                            '[{"line": 7, "field": "status", "code": "order.status-unknown", "arguments": ["Ana Souza"]}]', at, at
                        from (values (now() - interval '31 days'), (now() - interval '29 days')) finished (at)
                        """).bind(0, workspace).then().block();

        forget.forget().block();

        assertThat(database.sql(
                                "select failed || ' ' || jsonb_array_length(failures) || ' ' || file_name from import_run where workspace_id = $1 order by finished_at")
                        .bind(0, workspace)
                        .mapValue(String.class)
                        .all()
                        .collectList()
                        .block())
                .containsExactly("1 0 ", "1 1 Ana Souza.csv");
    }

    @Test
    void filesThatNobodyImportedAreForgottenAfterADay() {
        var workspace = new Rows(database, openWorkspace).workspace.id();
        database.sql("""
                        with run as (
                            insert into import_run (workspace_id, id, kind, format, file_name, state, created_at)
                            select $1, gen_random_uuid(), 'contacts', 'csv', state, state, now() - age * interval '1 hour'
                            from (values ('uploaded', 25), ('uploading', 25), ('queued', 25), ('uploaded', 23)) r (state, age) returning id, workspace_id)
                        insert into import_chunk (workspace_id, run_id, number, bytes) select workspace_id, id, 0, 'Ana Souza' from run
                        """).bind(0, workspace).then().block();

        forget.forget().block();

        assertThat(database.sql(
                                "select r.file_name from import_chunk c join import_run r on r.workspace_id = $1 and r.id = c.run_id where c.workspace_id = $1 order by 1")
                        .bind(0, workspace)
                        .mapValue(String.class)
                        .all()
                        .collectList()
                        .block())
                .containsExactly("queued", "uploaded");
    }
}
