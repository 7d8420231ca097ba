package dev.afterword.web.survey;

import dev.afterword.db.Conflict;
import dev.afterword.db.Installation;
import dev.afterword.db.NotFound;
import dev.afterword.db.response.SealedAnswers;
import dev.afterword.db.survey.ChangeSurveySettings;
import dev.afterword.db.survey.SettingsOfSurveys;
import dev.afterword.db.survey.Sharing;
import dev.afterword.db.survey.Survey;
import dev.afterword.db.survey.SurveyLink.Kind;
import dev.afterword.db.survey.SurveySettings;
import dev.afterword.db.survey.SurveySettingsReader;
import dev.afterword.db.survey.Surveys;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.QrCode;
import dev.afterword.web.Signed;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** When a survey takes answers, how many and from whom, and the links at which it can be answered. */
@Controller
class SurveySettingsPages {
    private final Surveys surveys;
    private final SettingsOfSurveys settings;
    private final ChangeSurveySettings changeSettings;
    private final SealedAnswers sealed;
    private final AfterwordSecret secret;
    private final Installation installation;

    SurveySettingsPages(
            Surveys surveys,
            SettingsOfSurveys settings,
            ChangeSurveySettings changeSettings,
            SealedAnswers sealed,
            AfterwordSecret secret,
            Installation installation) {
        this.surveys = surveys;
        this.settings = settings;
        this.changeSettings = changeSettings;
        this.sealed = sealed;
        this.secret = secret;
        this.installation = installation;
    }

    @GetMapping("/w/{code}/surveys/{survey}/settings")
    Mono<Rendering> show(Signed signed, @PathVariable String survey) {
        return surveys.find(signed.workspace().id(), survey)
                .flatMap(found -> settings.find(found.key())
                        .flatMap(known -> page(
                                signed, found, filled(known, signed.workspace().zone()), HttpStatus.OK)));
    }

    @PostMapping("/w/{code}/surveys/{survey}/settings")
    Mono<Rendering> save(Signed signed, @PathVariable String survey, Form form, ServerWebExchange exchange) {
        return surveys.find(signed.workspace().id(), survey).flatMap(found -> {
            var wished = read(form, signed.workspace().zone());
            if (!form.right()) {
                return page(signed, found, form, HttpStatus.UNPROCESSABLE_CONTENT);
            }
            return changeSettings
                    .change(found.key(), wished)
                    .map(saved -> to(signed, survey, exchange, "survey-settings.saved"))
                    .onErrorResume(
                            Conflict.class,
                            conflict ->
                                    page(signed, found, form.wrong("anonymous", conflict.code()), HttpStatus.CONFLICT));
        });
    }

    @PostMapping("/w/{code}/surveys/{survey}/links/{kind}/renewal")
    Mono<Rendering> renew(
            Signed signed, @PathVariable String survey, @PathVariable String kind, ServerWebExchange exchange) {
        return surveys.find(signed.workspace().id(), survey)
                .flatMap(found -> changeSettings.renew(found.key(), known(kind)))
                .then(Mono.fromSupplier(() -> to(signed, survey, exchange, "survey-settings.renewed")));
    }

    @GetMapping("/w/{code}/surveys/{survey}/links/{kind}/qr.svg")
    Mono<ResponseEntity<String>> qr(Signed signed, @PathVariable String survey, @PathVariable String kind) {
        return surveys.find(signed.workspace().id(), survey)
                .flatMap(found -> settings.links(found.key()))
                .flatMap(links -> Mono.justOrEmpty(links.get(known(kind))))
                .switchIfEmpty(Mono.error(() -> new NotFound("survey-link.unknown")))
                .map(link -> ResponseEntity.ok()
                        .contentType(MediaType.parseMediaType("image/svg+xml"))
                        .cacheControl(CacheControl.maxAge(Duration.ZERO).cachePrivate())
                        .body(QrCode.svg(
                                installation.link(link.path(signed.workspace().code(), secret)))));
    }

    private static Kind known(String kind) {
        return Kind.of(kind).orElseThrow(() -> new NotFound("survey-link.unknown"));
    }

    private Mono<Rendering> page(Signed signed, Survey survey, Form form, HttpStatus status) {
        return Mono.zip(settings.find(survey.key()), settings.links(survey.key()), sealed.waiting(survey.key()))
                .map(read -> Rendering.view("survey/settings")
                        .modelAttribute("form", form)
                        .modelAttribute("survey", survey)
                        .modelAttribute("path", signed.path("/surveys/" + survey.surveyKey()))
                        .modelAttribute("waiting", read.getT3())
                        .modelAttribute(
                                "links",
                                SharedLink.of(
                                        read.getT1().sharing(),
                                        read.getT2(),
                                        signed.workspace().code(),
                                        survey.name(),
                                        secret,
                                        installation))
                        .modelAttribute("zone", signed.workspace().zone().getId())
                        .status(status)
                        .build());
    }

    private static Form filled(SurveySettings known, ZoneId zone) {
        var sharing = known.sharing();
        var form = Form.blank()
                .put("opensAt", local(known.opensAt(), zone))
                .put("closesAt", local(known.closesAt(), zone))
                .put("quota", known.quota())
                .put("oneAnswer", known.oneAnswer() ? "on" : "")
                .put("anonymous", known.anonymous() ? "on" : "")
                .put("resetSeconds", sharing.resetSeconds())
                .put("origins", String.join("\n", sharing.origins()));
        return form.putAll("links", sharing.on().stream().map(Kind::code).toList());
    }

    private static SurveySettings read(Form form, ZoneId zone) {
        var on = EnumSet.noneOf(Kind.class);
        form.values("links").forEach(kind -> Kind.of(kind).ifPresent(on::add));
        var opensAt = instant(form, "opensAt", zone);
        var closesAt = instant(form, "closesAt", zone);
        if (opensAt != null && closesAt != null && !closesAt.isAfter(opensAt)) {
            form.wrong("closesAt", "survey.closes-before-it-opens");
        }
        var quota = form.value("quota").isEmpty() ? null : form.number("quota", 1, SurveySettings.MOST_QUOTA);
        var reset = form.value("resetSeconds").isEmpty()
                ? Sharing.NONE.resetSeconds()
                : form.number("resetSeconds", Sharing.LEAST_RESET, Sharing.MOST_RESET);
        var origins = origins(form);
        if (on.contains(Kind.EMBEDDED) && origins.isEmpty()) {
            form.wrong("origins", "survey.origins-needed");
        }
        return new SurveySettings(
                opensAt,
                closesAt,
                quota,
                !form.value("oneAnswer").isEmpty(),
                !form.value("anonymous").isEmpty(),
                new Sharing(on, reset, origins));
    }

    private static List<String> origins(Form form) {
        var origins = new ArrayList<String>();
        form.value("origins")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(line -> SurveySettingsReader.origin(line)
                        .filter(origin -> !origins.contains(origin))
                        .ifPresentOrElse(origins::add, () -> {
                            if (SurveySettingsReader.origin(line).isEmpty()) {
                                form.wrong("origins", "survey.origin-unreadable", line);
                            }
                        }));
        if (origins.size() > Sharing.MOST_ORIGINS) {
            form.wrong("origins", "field.too-many", Sharing.MOST_ORIGINS);
        }
        return origins;
    }

    private static @Nullable Instant instant(Form form, String field, ZoneId zone) {
        var typed = form.value(field);
        if (typed.isEmpty()) {
            return null;
        }
        try {
            return LocalDateTime.parse(typed).atZone(zone).toInstant();
        } catch (DateTimeParseException e) {
            form.wrong(field, "survey.time-unreadable");
            return null;
        }
    }

    private static @Nullable LocalDateTime local(@Nullable Instant instant, ZoneId zone) {
        return instant == null ? null : LocalDateTime.ofInstant(instant, zone).truncatedTo(ChronoUnit.MINUTES);
    }

    private static Rendering to(Signed signed, String survey, ServerWebExchange exchange, String flash) {
        Flash.say(exchange, flash);
        return Rendering.redirectTo(signed.path("/surveys/" + survey + "/settings"))
                .build();
    }
}
