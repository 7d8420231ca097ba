package dev.afterword.web.workspace.provider;

import dev.afterword.db.Conflict;
import dev.afterword.db.Rejected;
import dev.afterword.db.workspace.Permission;
import dev.afterword.db.workspace.provider.DemandProvider;
import dev.afterword.db.workspace.provider.ProviderAccounts;
import dev.afterword.db.workspace.provider.RemoveProvider;
import dev.afterword.db.workspace.provider.SaveProvider;
import dev.afterword.db.workspace.provider.SignInProvider;
import dev.afterword.db.workspace.provider.SignInProviders;
import dev.afterword.db.workspace.provider.UnlinkAccount;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import dev.afterword.web.StaffSessions;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Where a workspace says by which provider its people sign in. A provider's word can make anybody an owner, so only who may do everything here may say whose word
 * counts.
 */
@Controller
class ProviderSettingsPages {
    private static final String PLACE = "/w/{code}/settings/staff/provider";

    private final SignInProviders providers;
    private final ProviderAccounts accounts;
    private final SaveProvider saveProvider;
    private final RemoveProvider removeProvider;
    private final DemandProvider demandProvider;
    private final UnlinkAccount unlinkAccount;
    private final ReadProvider readProvider;
    private final AskProvider askProvider;
    private final StaffSessions sessions;
    private final Clock clock;

    ProviderSettingsPages(
            SignInProviders providers,
            ProviderAccounts accounts,
            SaveProvider saveProvider,
            RemoveProvider removeProvider,
            DemandProvider demandProvider,
            UnlinkAccount unlinkAccount,
            ReadProvider readProvider,
            AskProvider askProvider,
            StaffSessions sessions,
            Clock clock) {
        this.providers = providers;
        this.accounts = accounts;
        this.saveProvider = saveProvider;
        this.removeProvider = removeProvider;
        this.demandProvider = demandProvider;
        this.unlinkAccount = unlinkAccount;
        this.readProvider = readProvider;
        this.askProvider = askProvider;
        this.sessions = sessions;
        this.clock = clock;
    }

    @GetMapping(PLACE)
    Mono<Rendering> show(Signed signed, ServerWebExchange exchange) {
        return providers
                .of(signed.workspace().id())
                .map(ProviderSettingsPages::filled)
                .defaultIfEmpty(Form.blank().put("on", "yes"))
                .flatMap(form -> page(signed, form, HttpStatus.OK, exchange));
    }

    private static Form filled(SignInProvider provider) {
        return Form.blank()
                .put("label", provider.label())
                .put("issuer", provider.issuer())
                .put("client", provider.clientId())
                .put("on", provider.on() ? "yes" : "");
    }

    /** A provider that is on is asked at once; one that is switched off need not answer any more. */
    @PostMapping(PLACE)
    Mono<Rendering> save(Signed signed, Form form, ServerWebExchange exchange) {
        return Mono.fromCallable(() -> {
                    all(signed);
                    var since = form.has("on", "yes") ? clock.instant() : null;
                    return SignInProvider.of(
                            signed.workspace().id(),
                            form.value("label"),
                            form.value("issuer"),
                            form.value("client"),
                            since);
                })
                .flatMap(provider -> (provider.on() ? readProvider.read(provider.issuer()) : Mono.just(""))
                        .then(Mono.defer(() -> saveProvider.save(provider, form.raw("secret")))))
                .then(Mono.fromSupplier(() -> to(signed, exchange, "provider.saved")))
                .onErrorResume(
                        Rejected.class,
                        rejected -> page(signed, form.reject(rejected), HttpStatus.UNPROCESSABLE_CONTENT, exchange));
    }

    @PostMapping(PLACE + "/removal")
    Mono<Rendering> remove(Signed signed, ServerWebExchange exchange) {
        all(signed);
        return removeProvider
                .remove(signed.workspace().id())
                .then(Mono.fromSupplier(() -> to(signed, exchange, "provider.removed")));
    }

    /** From now on by the provider only. */
    @PostMapping(PLACE + "/demand")
    Mono<Rendering> demand(Signed signed, ServerWebExchange exchange) {
        all(signed);
        return sessions.of(exchange)
                .flatMap(session ->
                        demandProvider.demand(signed.workspace().id(), session).thenReturn(session))
                .map(_ -> to(signed, exchange, "provider.demanded"))
                .onErrorResume(
                        Conflict.class,
                        conflict -> providers
                                .of(signed.workspace().id())
                                .map(ProviderSettingsPages::filled)
                                .defaultIfEmpty(Form.blank())
                                .flatMap(form ->
                                        page(signed, form.wrong("", conflict.code()), HttpStatus.CONFLICT, exchange)));
    }

    /** By password too. */
    @PostMapping(PLACE + "/demand/end")
    Mono<Rendering> free(Signed signed, ServerWebExchange exchange) {
        all(signed);
        return demandProvider
                .free(signed.workspace().id())
                .then(Mono.fromSupplier(() -> to(signed, exchange, "provider.free")));
    }

    @PostMapping(PLACE + "/accounts/{id}/removal")
    Mono<Rendering> unlink(Signed signed, @PathVariable UUID id, ServerWebExchange exchange) {
        all(signed);
        return unlinkAccount
                .unlink(signed.workspace().id(), id)
                .then(Mono.fromSupplier(() -> to(signed, exchange, "provider.unlinked")));
    }

    private static void all(Signed signed) {
        signed.role().covers(EnumSet.allOf(Permission.class));
    }

    private static Rendering to(Signed signed, ServerWebExchange exchange, String flash) {
        Flash.say(exchange, flash);
        return Rendering.redirectTo(signed.path("/settings/staff/provider")).build();
    }

    private Mono<Rendering> page(Signed signed, Form form, HttpStatus status, ServerWebExchange exchange) {
        var workspaceId = signed.workspace().id();
        return Mono.zip(
                        providers.of(workspaceId).singleOptional(),
                        sessions.of(exchange).map(session -> session.opens(workspaceId) && session.byProvider()))
                .flatMap(read -> accountsOf(read.getT1())
                        .map(linked -> view(read.getT1())
                                .modelAttribute("form", form)
                                .modelAttribute("byProvider", read.getT2())
                                .modelAttribute("linked", linked)
                                .modelAttribute("back", askProvider.back(signed.workspace()))
                                .modelAttribute("door", askProvider.door(signed.workspace()))
                                .modelAttribute(
                                        "may", signed.role().permissions().containsAll(EnumSet.allOf(Permission.class)))
                                .status(status)
                                .build()));
    }

    private static Rendering.Builder<?> view(Optional<SignInProvider> provider) {
        var view = Rendering.view("workspace/provider");
        provider.ifPresent(one -> view.modelAttribute("provider", one));
        return view;
    }

    private Mono<List<ProviderAccounts.Linked>> accountsOf(Optional<SignInProvider> provider) {
        return provider.map(one -> accounts.of(one.workspaceId(), one.issuer())).orElseGet(() -> Mono.just(List.of()));
    }
}
