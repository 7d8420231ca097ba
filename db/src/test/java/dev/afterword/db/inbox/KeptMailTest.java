package dev.afterword.db.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.Rows;
import dev.afterword.db.message.attachment.Attached;
import dev.afterword.db.message.attachment.Attachments;
import dev.afterword.db.message.incoming.Incoming;
import dev.afterword.db.workspace.ForgetOldData;
import dev.afterword.db.workspace.RetentionKind;
import dev.afterword.db.workspace.Retentions;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is kept of mail to the support address: its files, who sees them, and for how long. */
@DatabaseTest
class KeptMailTest extends SupportAddress {
    @Autowired
    ForgetOldData forget;

    @Autowired
    Retentions retentions;

    @Autowired
    CustomerCases customerCases;

    @Autowired
    CaseFiles caseFiles;

    @Autowired
    Attachments attachments;

    @Test
    void showsFilesOfMailsToStaffAndToTheOwnerOfTheAddressOnly() {
        var mail = person("ana@x.test", "Ana", "See this", support);
        var files = List.of(
                Attached.file("a.pdf", "application/pdf", new byte[] {1, 2, 3}),
                Attached.leftOut("film.mp4", "video/mp4", 30_000_000));
        write(new Incoming(
                mail.from(),
                mail.addresses(),
                mail.messageId(),
                mail.subject(),
                List.of(),
                List.of(),
                mail.notices(),
                mail.words(),
                mail.name(),
                files));
        var key = theCase().key();
        answer.reply(key, null, "Here it is.", List.of(Attached.file("b.pdf", "application/pdf", new byte[] {4})))
                .block();

        var shown = customerCases.find(key, true).block().parts();
        assertThat(shown.getFirst().files())
                .extracting(file -> file.name() + " " + file.kept())
                .containsExactly("a.pdf true", "film.mp4 false");
        var sent = shown.getLast().files().getFirst();
        assertThat(sent.name()).isEqualTo("b.pdf");
        assertThat(attachments.taken(new Key(workspace, send("reply"))).block()).hasSize(1);
        assertThat(caseFiles.file(sent.key()).block().bytes().get(0)).isEqualTo((byte) 4);
        assertThat(customerCases.file(key, true, sent.key().id()).block().attachment())
                .isEqualTo(sent);

        assertThatThrownBy(() -> customerCases.file(key, false, sent.key().id()).block())
                .isInstanceOf(NotFound.class);
        write(person("bob@x.test", "Bob", "Hello", support));
        var bobs = new Key(
                workspace,
                UUID.fromString(text(
                        "select id::text from support_case where workspace_id = $1 and id <> '" + key.id() + "'")));
        assertThatThrownBy(() -> customerCases.file(bobs, true, sent.key().id()).block())
                .isInstanceOf(NotFound.class);
        var twin = new Rows(database, openWorkspace).workspace.id();
        assertThatThrownBy(() -> caseFiles.file(new Key(twin, sent.key().id())).block())
                .isInstanceOf(NotFound.class);
    }

    @Test
    void forgetsWhatWasMailedOnceItsCaseWasClosedForLong() {
        write(person("ravi@x.test", "Ravi", "Do you ship to Goa?", support));
        act.change(theCase().key(), null, null, (one, now) -> one.closed(null, null, now))
                .block();
        change("update support_case set closed_at = closed_at - interval '100 days' where workspace_id = $1");
        write(person("ana@x.test", "Ana", "It leaks", support));
        retentions.choose(workspace, RetentionKind.CASES, 60).block();

        forget.round().block();

        assertThat(
                        text(
                                "select string_agg(concat_ws(' ', message_id, sender, subject, words, octet_length(raw) > 0), ', ' order by received_at) from incoming_message where workspace_id = $1"))
                .isEqualTo("<1@x.test> […] […], <2@x.test> ana@x.test Hello It leaks t");
    }
}
