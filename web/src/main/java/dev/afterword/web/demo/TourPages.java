package dev.afterword.web.demo;

import dev.afterword.db.Columns;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import io.r2dbc.spi.Readable;
import java.net.URI;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** A minute's walk through the whole loop: order, mail, answer, trend. */
@Controller
class TourPages {
    private final Workspaces workspaces;
    private final PlaceTourOrder placeOrder;
    private final MailCatcher mails;
    private final DatabaseClient database;

    TourPages(Workspaces workspaces, PlaceTourOrder placeOrder, MailCatcher mails, DatabaseClient database) {
        this.workspaces = workspaces;
        this.placeOrder = placeOrder;
        this.mails = mails;
        this.database = database;
    }

    @GetMapping("/demo")
    Mono<Rendering> show(@RequestParam(defaultValue = "") String order) {
        return stand(order)
                .map(stand -> Rendering.view("demo/tour")
                        .modelAttribute("stand", stand)
                        .modelAttribute("owner", DemoShop.OWNER)
                        .build());
    }

    /** The steps alone, for the page that waits for what comes next. */
    @GetMapping("/demo/steps")
    Mono<Rendering> steps(@RequestParam String order) {
        return stand(order)
                .map(stand -> Rendering.view("demo/_steps :: steps")
                        .modelAttribute("stand", stand)
                        .modelAttribute("owner", DemoShop.OWNER)
                        .build());
    }

    @PostMapping("/demo/orders")
    Mono<ResponseEntity<Void>> place(ServerWebExchange exchange) {
        return exchange.getFormData()
                .flatMap(form -> shop().flatMap(workspace -> placeOrder.place(
                        workspace,
                        Optional.ofNullable(form.getFirst("name")).orElse(""),
                        Optional.ofNullable(form.getFirst("language")).orElse("en"))))
                .map(number -> ResponseEntity.status(303)
                        .location(URI.create("/demo?order=" + number))
                        .build());
    }

    private Mono<Workspace> shop() {
        return workspaces.findAll().filter(Workspace::demo).next();
    }

    private Mono<TourStand> stand(String order) {
        var known = order.matches("T-\\d{6}");
        return shop().flatMap(workspace -> Mono.zip(
                        answered(workspace, order),
                        figures(workspace),
                        known ? mails.newestTo(PlaceTourOrder.address(order)) : Mono.just(Optional.<CaughtMail>empty()))
                .map(found -> new TourStand(
                        known ? order : null,
                        found.getT3().map(CaughtMail::id).orElse(null),
                        found.getT1(),
                        workspace.code(),
                        found.getT2().answers(),
                        found.getT2().mean())));
    }

    private Mono<Boolean> answered(Workspace workspace, String order) {
        return database.sql("""
                        select exists (
                            select from customer_order o join response r on r.workspace_id = $1 and r.order_id = o.id
                            where o.workspace_id = $1 and o.external_id = $2 and r.confirmed_at is not null and r.discarded_at is null)
                        """)
                .bind(0, workspace.id())
                .bind(1, order)
                .mapValue(Boolean.class)
                .one();
    }

    private Mono<Figures> figures(Workspace workspace) {
        return database.sql("""
                        select count(*) as answers, coalesce(avg(a.number), 0)::float8 as mean
                        from response r join answer a on a.workspace_id = $1 and a.response_id = r.id and a.question_key = 'recommend' and a.number is not null and not a.hidden
                        where r.workspace_id = $1 and r.confirmed_at > now() - interval '30 days'
                        """)
                .bind(0, workspace.id())
                .map((Readable row) -> new Figures(
                        Columns.value(row, "answers", Long.class), Columns.value(row, "mean", Double.class)))
                .one();
    }

    /** The answers to the first question of the last 30 days. */
    private record Figures(long answers, double mean) {}
}
