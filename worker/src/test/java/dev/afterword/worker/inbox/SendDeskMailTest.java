package dev.afterword.worker.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.Key;
import dev.afterword.db.inbox.desk.DeskMail;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class SendDeskMailTest {
    @Test
    void goesOutAsAMachinesAndComesBackToItsCase() throws Exception {
        var mail = new DeskMail(
                new Key(new UUID(0, 1), new UUID(0, 2)),
                "Cedar & Salt",
                "hello@shop.test",
                "desk@desk.test",
                "post+token@in.test",
                "<d.1@shop.test>",
                "It leaks",
                "Where is it?");

        var message = SendDeskMail.message(new JavaMailSenderImpl(), mail);
        message.saveChanges();

        assertThat(message.getMessageID()).isEqualTo("<d.1@shop.test>");
        assertThat(message.getReplyTo()[0].toString()).isEqualTo("post+token@in.test");
        assertThat(message.getHeader("Auto-Submitted", null)).isEqualTo("auto-generated");
        assertThat(message.getSubject()).isEqualTo("It leaks");
        assertThat(message.getContent().toString()).isEqualTo("Where is it?");
    }
}
