package dev.afterword.web.workspace;

import dev.afterword.db.Rejected;
import dev.afterword.db.insight.SaveWorkspace;
import dev.afterword.db.workspace.Colour;
import dev.afterword.db.workspace.Logos;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.util.Set;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** How a workspace appears to its customers. */
@Controller
class GeneralPages {
    private static final Set<String> LOGO_PROBLEMS = Set.of("logo.missing", "logo.unreadable", "logo.too-large");

    private final SaveWorkspace saveWorkspace;
    private final Logos logos;

    GeneralPages(SaveWorkspace saveWorkspace, Logos logos) {
        this.saveWorkspace = saveWorkspace;
        this.logos = logos;
    }

    @GetMapping("/w/{code}/settings")
    Mono<Rendering> show(Signed signed, @RequestParam(defaultValue = "") String logo) {
        var workspace = signed.workspace();
        var form = Form.blank()
                .put("version", workspace.version())
                .put("name", workspace.name())
                .put("colour", workspace.colour())
                .put("zone", workspace.zone())
                .put("language", workspace.language());
        if (LOGO_PROBLEMS.contains(logo)) {
            form.wrong("logo", logo);
        }
        return page(form, HttpStatus.OK, workspace);
    }

    @PostMapping("/w/{code}/settings")
    Mono<Rendering> save(Signed signed, Form form, ServerWebExchange exchange) {
        return Mono.fromSupplier(() -> changed(signed.workspace(), form))
                .flatMap(changed -> saveWorkspace.save(signed.workspace(), changed))
                .map(saved -> {
                    Flash.say(exchange, "settings.saved");
                    return Rendering.redirectTo(signed.path("/settings")).build();
                })
                .onErrorResume(
                        Rejected.class,
                        rejected -> page(form.reject(rejected), HttpStatus.UNPROCESSABLE_CONTENT, signed.workspace()))
                .onErrorResume(OptimisticLockingFailureException.class, meanwhile -> overtaken(form, signed));
    }

    /** The saved colour on the page's sample: a served stylesheet, because the policy allows no style in the page. */
    @GetMapping(path = "/w/{code}/settings/colour.css", produces = "text/css")
    @ResponseBody
    String colour(Signed signed) {
        var colour = Colour.parse(signed.workspace().colour()).orElse(Colour.BLACK);
        return ".swatch { background: %s; color: %s }%n"
                .formatted(colour.hex(), colour.ink().hex());
    }

    private Mono<Rendering> overtaken(Form form, Signed signed) {
        form.wrong("", "settings.changed-meanwhile")
                .put("version", signed.workspace().version());
        return page(form, HttpStatus.CONFLICT, signed.workspace());
    }

    private static Workspace changed(Workspace workspace, Form form) {
        return workspace
                .asOf(form.number("version", 0, Integer.MAX_VALUE))
                .presented(
                        form.value("name"),
                        form.value("colour"),
                        WorkspaceFields.zone(form.value("zone")),
                        WorkspaceFields.language(form.value("language")));
    }

    private Mono<Rendering> page(Form form, HttpStatus status, Workspace workspace) {
        var colour = Colour.parse(workspace.colour()).orElse(Colour.BLACK);
        return logos.of(workspace.id())
                .hasElement()
                .map(hasLogo -> Rendering.view("workspace/general")
                        .modelAttribute("form", form)
                        .modelAttribute("hasLogo", hasLogo)
                        .modelAttribute("zones", WorkspaceFields.ZONES)
                        .modelAttribute("languages", WorkspaceFields.LANGUAGES)
                        .modelAttribute("contrast", Math.floor(colour.contrast(colour.ink()) * 10) / 10)
                        .modelAttribute("contrastOnPaper", Math.floor(colour.contrast(Colour.WHITE) * 10) / 10)
                        .modelAttribute("readable", colour.contrast(Colour.WHITE) >= Colour.TEXT)
                        .modelAttribute("ink", colour.ink().equals(Colour.WHITE) ? "white" : "black")
                        .status(status)
                        .build());
    }
}
