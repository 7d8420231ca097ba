package dev.afterword.db.response.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.response.AskedCustomer;
import dev.afterword.db.response.GiveAnswers;
import dev.afterword.db.response.GivenAnswers;
import dev.afterword.db.response.Labels;
import dev.afterword.db.response.ListedResponses;
import dev.afterword.db.response.ResponseFilter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

@DatabaseTest
class TopicsTest {
    private static final UUID STAFF = Key.nextId();

    @Autowired
    Topics topics;

    @Autowired
    TopicsOfAnswers reader;

    @Autowired
    ResponseLabels labels;

    @Autowired
    ReadPast readPast;

    @Autowired
    SuggestWords suggestWords;

    @Autowired
    GiveAnswers giveAnswers;

    @Autowired
    ListedResponses responses;

    @Autowired
    DatabaseClient database;

    @Autowired
    BeanFactory beans;

    private AskedCustomer shop;
    private UUID workspace;
    private Topic delivery;

    @BeforeEach
    void open() {
        shop = AskedCustomer.in(beans);
        workspace = shop.workspace().id();
        delivery = topics.add(workspace, "Delivery").block();
    }

    @Test
    void findsWordsInTheirFormsByTheLanguageOfTheAnswer() {
        rule("en", "deliver late");
        rule("de", "Lieferungen");
        rule("pt", "atras*");
        assertThat(topicsOf(answered("en", "They delivered late again"))).containsExactly("Delivery");
        assertThat(topicsOf(answered("en", "Late, but delivered"))).isEmpty();
        assertThat(topicsOf(answered("de", "Die Lieferung kam gestern"))).containsExactly("Delivery");
        assertThat(topicsOf(answered("en", "Die Lieferung kam gestern"))).isEmpty();
        assertThat(topicsOf(answered("pt-BR", "Chegou muito atrasado"))).containsExactly("Delivery");

        var unknown = answered("en", "Chegou muito atrasado");
        database.sql("update response set language = null where workspace_id = $1 and id = $2")
                .bind(0, workspace)
                .bind(1, unknown.id())
                .then()
                .block();
        read(unknown);
        assertThat(topicsOf(unknown)).containsExactly("Delivery");
        assertThat(label(unknown).rule()).isEqualTo("atras*");
    }

    @Test
    void changesNothingWhenAnEventIsReadTwiceAndTakesBackWhatIsNoLongerSaid() {
        rule("en", "late");
        var one = answered("en", "It came late");
        read(one);
        read(one);
        assertThat(topicsOf(one)).containsExactly("Delivery");
        send(one, "It came early");
        assertThat(topicsOf(one)).isEmpty();
    }

    @Test
    void leavesAwayWhatStaffTookAwayAndKeepsWhatStaffPutThere() {
        var rule = rule("en", "late");
        var away = answered("en", "Never late");
        labels.take(workspace, List.of(away.id()), delivery.key().id(), STAFF).block();
        read(away);
        send(away, "Never late at all");
        assertThat(topicsOf(away)).isEmpty();

        var put = answered("en", "It took weeks");
        labels.put(workspace, List.of(put.id()), delivery.key().id(), STAFF).block();
        send(put, "It took weeks, really");
        assertThat(topicsOf(put)).containsExactly("Delivery");
        assertThat(label(put).rule()).isNull();

        var ruled = answered("en", "Far too late");
        topics.remove(delivery.key(), rule.key().id()).block();
        assertThat(topicsOf(ruled)).isEmpty();
        assertThat(topicsOf(put)).containsExactly("Delivery");
    }

    @Test
    void readsThePastOnceItIsAskedFor() {
        var before = answered("en", "A late parcel");
        var twin = AskedCustomer.in(beans).invited();
        give(twin, "A late parcel");
        rule("en", "late");
        assertThat(topicsOf(before)).isEmpty();
        topics.readPast(delivery.key()).block();
        while (Boolean.TRUE.equals(readPast.round().block())) {
            assertThat(topics.past(delivery.key()).block()).isNotNull();
        }
        assertThat(topics.past(delivery.key()).block()).isEqualTo(new Topics.Past(1, true));
        assertThat(topicsOf(before)).containsExactly("Delivery");
        assertThat(responses.find(twin).block().labels().topics()).isEmpty();

        topics.save(delivery.archived(Instant.now())).block();
        assertThat(topicsOf(answered("en", "Late again"))).isEmpty();
        read(before);
        assertThat(topicsOf(before)).containsExactly("Delivery");
    }

    @Test
    void refusesWordsThatSayNothingAndNamesThatAreTaken() {
        assertThatThrownBy(() -> rule("en", "the")).hasMessageContaining("topic.words-common");
        assertThatThrownBy(() -> rule("en", "' | !")).hasMessageContaining("topic.words-none");
        rule("en", "late & 'never'");
        assertThatThrownBy(() -> rule("en", "Late  & 'never'")).hasMessageContaining("topic.rule-there");
        assertThatThrownBy(() -> topics.add(workspace, " delivery").block()).hasMessageContaining("topic.name-taken");
        assertThat(topics.add(AskedCustomer.in(beans).workspace().id(), "Delivery")
                        .block())
                .isNotNull();
    }

    @Test
    void filtersByTopicAndTag() {
        rule("en", "late");
        var late = answered("en", "Late");
        var other = answered("en", "Fine");
        labels.tag(workspace, List.of(late.id(), other.id(), UUID.randomUUID()), " VIP  guest ", STAFF)
                .block();
        labels.untag(workspace, List.of(other.id()), "vip guest").block();
        assertThat(found("delivery", null)).containsExactly(late);
        assertThat(found(delivery.key().id().toString(), "vip guest")).containsExactly(late);
        assertThat(found(ResponseFilter.NO_TOPIC, null)).containsExactly(other);
        assertThat(found(null, "elsewhere")).isEmpty();
        assertThat(labels.tags(workspace).block()).containsExactly("vip guest");
    }

    @Test
    void suggestsWhatStandsOut() {
        for (int at = 0; at < 5; at++) {
            answered("en", "The handle of the kettle broke " + at);
            answered("de", "Der Griff ist abgebrochen");
        }
        var without = suggestWords.forNoTopic(workspace).block();
        assertThat(without).extracting(Standout::language).contains("en", "de");
        assertThat(without)
                .extracting(Standout::words)
                .contains("kettle broke", "griff")
                .doesNotContain("the", "der");

        var handles = responses
                .page(workspace, ZoneOffset.UTC, words("handle"), null, 50)
                .block()
                .items();
        labels.put(
                        workspace,
                        handles.stream().map(one -> one.key().id()).toList(),
                        delivery.key().id(),
                        STAFF)
                .block();
        for (int at = 0; at < 14; at++) {
            answered("en", "The lid of the kettle is fine " + at);
        }
        var suggested = suggestWords.forTopic(delivery.key()).block();
        assertThat(suggested).extracting(Standout::words).contains("handle").doesNotContain("kettle", "griff");
        assertThat(suggested).allSatisfy(one -> assertThat(one.ratio()).isGreaterThanOrEqualTo(StandingOut.RATIO));
    }

    @Test
    void suggestsNoWordsThatSayNothing() {
        for (int at = 0; at < 5; at++) {
            answered("de", "Toll. Der Griff ist schon abgebrochen, genau wie beim ersten. Porzellan zerkratzt.");
            answered("ar", "المقبض مكسور من البداية");
            answered("en", "I ordered a second time and the spout dripped.");
            answered("pt", "Chegou com a tampa solta, voltarei a comprar.");
        }
        assertThat(suggestWords.forNoTopic(workspace).block())
                .extracting(Standout::words)
                .anyMatch(words -> words.contains("griff"))
                .anyMatch(words -> words.contains("المقبض"))
                .anyMatch(words -> words.contains("spout"))
                .anyMatch(words -> words.contains("tampa"))
                .noneMatch(words -> words.matches(".*\\b(ordered|second|time|chegou|voltarei|comprar)\\b.*"))
                .noneMatch(words -> words.contains("ersten porzellan"))
                .noneMatch(words -> List.of(words.split(" ")).contains("toll"))
                .noneMatch(words -> List.of(words.split(" ")).contains("schon"))
                .noneMatch(words -> List.of(words.split(" ")).contains("genau"))
                .noneMatch(words -> List.of(words.split(" ")).contains("من"));
    }

    private static ResponseFilter words(String text) {
        return new ResponseFilter(null, null, null, null, text, null, null, null);
    }

    private List<Key> found(String topic, String tag) {
        return responses
                .page(workspace, ZoneOffset.UTC, ResponseFilter.ALL.about(topic, tag), null, 10)
                .block()
                .items()
                .stream()
                .map(one -> one.key())
                .toList();
    }

    private TopicRule rule(String language, String words) {
        return topics.add(new TopicRule(Key.next(workspace), delivery.key().id(), language, words), STAFF)
                .block();
    }

    private Key answered(String language, String words) {
        var invitation = shop.speaking(language).invited();
        send(invitation, words);
        return invitation;
    }

    private void send(Key invitation, String words) {
        give(invitation, words);
        read(invitation);
    }

    private void give(Key invitation, String words) {
        giveAnswers
                .give(new GivenAnswers(invitation, Map.of("comment", words), true, true, Instant.now()))
                .block();
    }

    private void read(Key response) {
        reader.handle(
                        workspace,
                        List.of(Event.of(
                                workspace, EventKind.RESPONSE_GIVEN, response.id(), null, false, Instant.now())))
                .block();
    }

    private List<String> topicsOf(Key response) {
        return responses.find(response).block().labels().topics().stream()
                .map(Labels.Label::name)
                .toList();
    }

    private Labels.Label label(Key response) {
        return responses.find(response).block().labels().topics().getFirst();
    }
}
