package dev.afterword.web.response;

import dev.afterword.db.Installation;
import dev.afterword.db.Leaf;
import dev.afterword.db.response.Labels;
import dev.afterword.db.response.ListedResponse;
import dev.afterword.db.response.ListedResponses;
import dev.afterword.db.response.hit.Hits;
import dev.afterword.db.response.topic.ResponseLabels;
import dev.afterword.db.response.topic.ResponseNotes;
import dev.afterword.db.response.topic.Topics;
import dev.afterword.db.survey.Survey;
import dev.afterword.db.survey.SurveyVersion;
import dev.afterword.db.survey.Surveys;
import dev.afterword.db.workspace.Memberships;
import dev.afterword.web.AskedQuestions;
import dev.afterword.web.Form;
import dev.afterword.web.ResponseView;
import dev.afterword.web.Signed;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/** Reading responses: the list with its filters, and one response with everything that was answered. */
@Controller
class ResponsePages {
    private static final int ON_A_PAGE = 30;
    private static final int SHOWN_HITS = 100;

    private final ListedResponses responses;
    private final Hits hits;
    private final Surveys surveys;
    private final AskedQuestions asked;
    private final SegmentNames segmentNames;
    private final Topics topics;
    private final ResponseLabels labelled;
    private final ResponseNotes notes;
    private final Memberships memberships;
    private final Installation installation;

    ResponsePages(
            ListedResponses responses,
            Hits hits,
            Surveys surveys,
            AskedQuestions asked,
            SegmentNames segmentNames,
            Topics topics,
            ResponseLabels labelled,
            ResponseNotes notes,
            Memberships memberships,
            Installation installation) {
        this.responses = responses;
        this.hits = hits;
        this.surveys = surveys;
        this.asked = asked;
        this.segmentNames = segmentNames;
        this.topics = topics;
        this.labelled = labelled;
        this.notes = notes;
        this.memberships = memberships;
        this.installation = installation;
    }

    /** The whole page, or for htmx the list alone, when news has come. */
    @GetMapping("/w/{workspace}/responses")
    Mono<Rendering> list(
            Signed signed,
            @ModelAttribute ResponseQuery query,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean fragment) {
        var workspace = signed.workspace();
        var filter = query.filter(signed.role().maySeeCustomers());
        var page = responses
                .page(workspace.id(), workspace.zone(), filter, query.first(), query.cursor(), ON_A_PAGE)
                .flatMap(leaf -> views(signed, leaf));
        var count = responses.standings(workspace.id(), workspace.zone(), filter);
        return Mono.zip(
                        page,
                        count,
                        surveys.all(workspace.id()),
                        current(signed, query),
                        segmentNames.of(workspace.id(), query.segments()),
                        topics.all(workspace.id()),
                        labelled.tags(workspace.id()))
                .map(read -> Rendering.view(fragment ? "response/_list :: list" : "response/list")
                        .modelAttribute(
                                "list",
                                ResponseListView.of(
                                        signed,
                                        query,
                                        read.getT1(),
                                        read.getT2(),
                                        read.getT3(),
                                        read.getT4(),
                                        read.getT5(),
                                        read.getT6(),
                                        read.getT7()))
                        .build());
    }

    /** A response has the id of its invitation, unless it was imported: then nobody asked for a link. */
    @GetMapping("/w/{workspace}/responses/{id}")
    Mono<Rendering> one(Signed signed, @PathVariable UUID id) {
        return show(signed, id, Form.blank(), HttpStatus.OK);
    }

    /** With what was typed. */
    Mono<Rendering> show(Signed signed, UUID id, Form form, HttpStatus status) {
        return responses
                .find(signed.key(id))
                .flatMap(found -> asked.of(signed.workspace().id(), List.of(found.versionId()))
                        .map(byVersion -> ResponseView.of(signed, found, byVersion.get(found.versionId()))))
                .flatMap(found -> Mono.zip(
                                hits.ofInvitation(signed.key(id), SHOWN_HITS),
                                labels(signed, found),
                                segmentNames.of(
                                        signed.workspace().id(), found.row().segments()))
                        .map(read -> Rendering.view("response/one")
                                .modelAttribute("response", found)
                                .modelAttribute("hits", read.getT1())
                                .modelAttribute("said", read.getT2())
                                .modelAttribute("names", read.getT3())
                                .modelAttribute("form", form)
                                .status(status)
                                .build()));
    }

    /** Who may not see customers reads topics and tags alone: notes may say whose answer it is. */
    private Mono<LabelsView> labels(Signed signed, ResponseView found) {
        var workspaceId = signed.workspace().id();
        var labels = found.row().labels();
        var link = installation.link(found.href());
        if (!signed.role().maySeeCustomers()) {
            return Mono.just(new LabelsView(labels, List.of(), List.of(), List.of(), List.of(), link));
        }
        var there = labels.topics().stream().map(Labels.Label::id).collect(Collectors.toSet());
        return Mono.zip(
                        topics.all(workspaceId),
                        labelled.tags(workspaceId),
                        notes.of(found.row().key()),
                        memberships.of(workspaceId))
                .map(read -> new LabelsView(
                        labels,
                        read.getT1().stream()
                                .filter(topic -> topic.archivedAt() == null
                                        && !there.contains(topic.key().id()))
                                .toList(),
                        read.getT2(),
                        read.getT3(),
                        read.getT4().stream()
                                .filter(one -> one.joined()
                                        && one.role().maySeeCustomers()
                                        && !one.staffId().equals(signed.staffId()))
                                .toList(),
                        link));
    }

    private Mono<Leaf<ResponseView>> views(Signed signed, Leaf<ListedResponse> leaf) {
        var versions = leaf.items().stream().map(ListedResponse::versionId).toList();
        return asked.of(signed.workspace().id(), versions)
                .map(byVersion -> new Leaf<>(
                        leaf.items().stream()
                                .map(found -> ResponseView.of(signed, found, byVersion.get(found.versionId())))
                                .toList(),
                        leaf.newer(),
                        leaf.older()));
    }

    /** The questions that can be filtered by: those of the chosen survey, or of the first. */
    private Mono<List<SurveyVersion>> current(Signed signed, ResponseQuery query) {
        return surveys.all(signed.workspace().id())
                .flatMapIterable(all -> all)
                .map(Survey::surveyKey)
                .filter(key -> query.survey() == null || query.survey().isBlank() || key.equals(query.survey()))
                .next()
                .flatMap(key -> surveys.latest(signed.workspace().id(), key))
                .map(List::of)
                .defaultIfEmpty(List.of());
    }
}
