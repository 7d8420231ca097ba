package dev.afterword.db.response;

import dev.afterword.db.Key;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.survey.Surveys;
import dev.afterword.db.workspace.Workspace;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.r2dbc.core.DatabaseClient;

/** A workspace of its own for a test, with customers who were asked about their orders. */
public final class AskedCustomer {
    private final BeanFactory beans;
    private Workspace workspace;
    private String language = "en";
    private List<String> products = List.of("Kettle, 1.2 l");
    private Instant asked = Instant.now().truncatedTo(ChronoUnit.MICROS);

    private AskedCustomer(BeanFactory beans) {
        this.beans = beans;
        this.workspace = Workspace.open(Key.nextId(), "Cedar & Salt", ZoneOffset.UTC, "en", asked);
    }

    public static AskedCustomer in(BeanFactory beans) {
        return new AskedCustomer(beans).opened();
    }

    private AskedCustomer opened() {
        workspace = beans.getBean(OpenWorkspace.class).open(workspace).block();
        return this;
    }

    public AskedCustomer speaking(String other) {
        language = other;
        return this;
    }

    /** Asks something else: that definition becomes the newest version. */
    public AskedCustomer asking(String definition) {
        beans.getBean(DatabaseClient.class)
                .sql("""
                        insert into survey_version (workspace_id, id, survey_id, number, definition, published_at)
                        select workspace_id, $2, id, (select max(number) + 1 from survey_version where workspace_id = $1), $3::jsonb, now()
                        from survey where workspace_id = $1 and key = 'post-purchase'
                        """)
                .bind(0, workspace.id())
                .bind(1, Key.nextId())
                .bind(2, definition)
                .then()
                .block();
        return this;
    }

    /** Has bought these. */
    public AskedCustomer having(String... names) {
        products = List.of(names);
        return this;
    }

    /** Asked so long ago that the survey has closed. */
    public AskedCustomer longAgo() {
        asked = asked.minus(Invitation.OPEN).minusSeconds(60);
        return this;
    }

    public Workspace workspace() {
        return workspace;
    }

    public Key invited() {
        return invited(1).getFirst();
    }

    public List<Key> invited(int customers) {
        var version = beans.getBean(Surveys.class)
                .latest(workspace.id(), "post-purchase")
                .block();
        var invitations = new ArrayList<Invitation>();
        for (int customer = 0; customer < customers; customer++) {
            invitations.add(Invitation.handedOut(version, contact(), order(), language, asked));
        }
        return beans.getBean(Invitations.class).insert(invitations).block().stream()
                .map(Invitation::key)
                .toList();
    }

    private UUID contact;

    private UUID contact() {
        contact = Key.nextId();
        var address = contact + "@example.com";
        run(
                "insert into contact (workspace_id, id, version, email, address, name, created_at) values ('%s', '%s', 0, '%s', '%s', 'Ana Souza', now())"
                        .formatted(workspace.id(), contact, address, address));
        return contact;
    }

    private UUID order() {
        var order = Key.nextId();
        run("""
                insert into customer_order (workspace_id, id, version, external_id, contact_id, status, placed_at, delivered_at, created_at)
                values ('%s', '%s', 0, '10482-%s', '%s', 'delivered', now() - interval '8 days', now() - interval '3 days', now())
                """.formatted(workspace.id(), order, order, contact));
        for (int line = 1; line <= products.size(); line++) {
            run(
                    "insert into order_line (workspace_id, id, order_id, number, sku, name) values ('%s', '%s', '%s', %s, '%s', '%s')"
                            .formatted(
                                    workspace.id(),
                                    Key.nextId(),
                                    order,
                                    line,
                                    line == 1 ? "k12" : "p" + line,
                                    products.get(line - 1)));
        }
        return order;
    }

    private void run(String sql) {
        beans.getBean(DatabaseClient.class).sql(sql).then().block();
    }
}
