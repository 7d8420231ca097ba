package dev.afterword.db.response.mark;

import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.EventReader;
import dev.afterword.db.response.Mark;
import dev.afterword.db.response.Marked;
import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.Question;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Marks responses by what was answered, as answers arrive and change; how fast they came is marked with their hits. */
@Component
class MarkResponses implements EventReader {
    private static final Set<Mark> BY_ANSWERS = EnumSet.of(Mark.STRAIGHT_LINER, Mark.NONSENSE);

    private final AnsweredResponses responses;
    private final Duplicates duplicates;

    MarkResponses(AnsweredResponses responses, Duplicates duplicates) {
        this.responses = responses;
        this.duplicates = duplicates;
    }

    @Override
    public String name() {
        return "marks";
    }

    @Override
    public Set<EventKind> kinds() {
        return Set.of(EventKind.RESPONSE_GIVEN, EventKind.RESPONSE_CHANGED);
    }

    @Override
    public Mono<Void> handle(UUID workspaceId, List<Event> events) {
        var ids = events.stream().map(Event::subjectId).collect(Collectors.toSet());
        return responses.of(workspaceId, ids).flatMap(answered -> {
            var marks = new HashMap<UUID, List<Marked>>();
            answered.forEach(one -> marks.put(one.key().id(), marks(one)));
            return responses
                    .write(workspaceId, BY_ANSWERS, marks)
                    .then(duplicates.of(workspaceId, answered))
                    .flatMap(same -> responses.write(workspaceId, Set.of(Mark.DUPLICATE), same));
        });
    }

    static List<Marked> marks(Answered answered) {
        var marks = new ArrayList<Marked>();
        StraightLine.in(answered.asked(), answered.answers())
                .ifPresent(why -> marks.add(new Marked(Mark.STRAIGHT_LINER, Rule.VERSION, why)));
        nonsense(answered).ifPresent(why -> marks.add(new Marked(Mark.NONSENSE, Rule.VERSION, why)));
        return marks;
    }

    private static Optional<Map<String, String>> nonsense(Answered answered) {
        for (var question : answered.asked().questions()) {
            if (question instanceof Question.Email) {
                continue;
            }
            for (var one : answered.answers().entrySet()) {
                if (one.getKey().question().equals(question.key()) && one.getValue() instanceof Answer.Words words) {
                    var kind = Nonsense.in(words.text(), answered.language());
                    if (kind.isPresent()) {
                        return Optional.of(Map.of("question", question.key(), "kind", kind.get()));
                    }
                }
            }
        }
        return Optional.empty();
    }
}
