package dev.afterword.db.response.topic;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.function.Tuple2;

/** Suggests words for rules, found in each language by itself, the surest of each first: those that stand out in the answers of a topic, or in answers that have none. */
@Component
public class SuggestWords {
    /** Of how many days answers are read. */
    public static final int DAYS = 365;

    private static final int MOST_ANSWERS = 2_000;
    private static final int LONGEST = 2_000;

    /** The best of every language, then the second of every language: a language of few answers has the larger ratios. */
    private static final Comparator<Tuple2<Long, Standout>> EACH_LANGUAGE_FIRST =
            Comparator.<Tuple2<Long, Standout>, Long>comparing(Tuple2::getT1)
                    .thenComparing(Tuple2::getT2, Standout.SUREST_FIRST);

    private final DatabaseClient database;
    private final DatabaseTime time;

    SuggestWords(DatabaseClient database, DatabaseTime time) {
        this.database = database;
        this.time = time;
    }

    private record Said(String language, StandingOut.Text text) {}

    /** For answers that staff put the topic on, and answers of today's rules. */
    public Mono<List<Standout>> forTopic(Key topic) {
        return suggest(topic.workspaceId(), topic.id());
    }

    /** For answers without a topic. */
    public Mono<List<Standout>> forNoTopic(UUID workspaceId) {
        return suggest(workspaceId, null);
    }

    private Mono<List<Standout>> suggest(UUID workspaceId, @Nullable UUID topic) {
        return time.now()
                .flatMap(now -> Mono.zip(said(workspaceId, topic, now), rules(workspaceId))
                        .flatMap(read -> {
                            var byLanguage = new TreeMap<>(read.getT1().stream()
                                    .collect(Collectors.groupingBy(
                                            Said::language, Collectors.mapping(Said::text, Collectors.toList()))));
                            return Flux.fromIterable(byLanguage.entrySet())
                                    .concatMap(one -> standingOut(one.getKey(), one.getValue(), read.getT2())
                                            .index())
                                    .sort(EACH_LANGUAGE_FIRST)
                                    .map(Tuple2::getT2)
                                    .collectList();
                        }));
    }

    private Flux<Standout> standingOut(String language, List<StandingOut.Text> texts, Map<String, Set<String>> rules) {
        var words = texts.stream()
                .flatMap(text -> StandingOut.words(text.words()).stream())
                .collect(Collectors.toCollection(HashSet::new));
        var known = rules.getOrDefault(language, Set.of());
        known.forEach(one -> words.addAll(StandingOut.words(one)));
        return stems(language, words)
                .flatMapIterable(stems -> StandingOut.of(
                        language,
                        texts,
                        stems,
                        known.stream()
                                .map(one -> StandingOut.words(one).stream()
                                        .map(word -> stems.getOrDefault(word, word))
                                        .collect(Collectors.joining(" ")))
                                .collect(Collectors.toSet())));
    }

    /** The latest, as many of those that are looked at as of the others. */
    private Mono<List<Said>> said(UUID workspaceId, @Nullable UUID topic, Instant now) {
        return database.sql("""
                        with said as (
                            select r.id, r.answered_at, lower(split_part(translate(coalesce(r.language, ''), '_', '-'), '-', 1)) as language,
                                left(string_agg(a.text, chr(10) order by a.question_key), $5) as words,
                                exists (select from response_topic x where x.workspace_id = $1 and x.response_id = r.id and not x.taken
                                    and (x.topic_id = $3 or $3::uuid is null)) = ($3::uuid is not null) as here
                            from response r join answer a on a.workspace_id = $1 and a.response_id = r.id and a.text is not null and not (a.skipped or a.hidden or a.not_applicable)
                            where r.workspace_id = $1 and r.answered_at > $2 and r.confirmed_at is not null and r.discarded_at is null
                            group by r.workspace_id, r.id
                        )
                        (select * from said where here order by answered_at desc, id limit $4)
                        union all (select * from said where not here order by answered_at desc, id limit $4)
                        """)
                .bind(0, workspaceId)
                .bind(1, now.minus(Duration.ofDays(DAYS)))
                .bind(2, Topics.orNull(UUID.class, topic))
                .bind(3, MOST_ANSWERS)
                .bind(4, LONGEST)
                .map((Readable row) -> new Said(
                        value(row, "language", String.class),
                        new StandingOut.Text(value(row, "here", Boolean.class), value(row, "words", String.class))))
                .all()
                .collectList();
    }

    /** What rules look for already, by language. */
    private Mono<Map<String, Set<String>>> rules(UUID workspaceId) {
        return database.sql("select language, words from topic_rule where workspace_id = $1")
                .bind(0, workspaceId)
                .map((Readable row) ->
                        Map.entry(value(row, "language", String.class), value(row, "words", String.class)))
                .all()
                .collectList()
                .map(all -> all.stream()
                        .collect(Collectors.groupingBy(
                                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet()))));
    }

    /** Words that the language's dictionary drops are missing, and so are its fillers. */
    private Mono<Map<String, String>> stems(String language, Collection<String> words) {
        return database.sql("""
                        select w.word, (tsvector_to_array(to_tsvector($1::text::regconfig, w.word)))[1] as stem from unnest($2::text[]) w (word)
                        where length(w.word) < 60
                        """)
                .bind(0, Dictionary.of(language))
                .bind(1, words.toArray(String[]::new))
                .map((Readable row) -> Map.entry(
                        value(row, "word", String.class),
                        row.get("stem", String.class) == null ? "" : value(row, "stem", String.class)))
                .all()
                .filter(one -> !one.getValue().isEmpty() && !Fillers.contain(language, one.getKey()))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }
}
