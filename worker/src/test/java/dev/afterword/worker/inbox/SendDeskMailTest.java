package dev.afterword.worker.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.followup.Shop;
import dev.afterword.db.inbox.desk.DeskMail;
import dev.afterword.db.inbox.desk.DeskMails;
import dev.afterword.worker.WorkerProcess;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.ContextConfiguration;

@SpringBootTest(
        classes = WorkerProcess.class,
        webEnvironment = WebEnvironment.NONE,
        properties = "afterword.roles=none")
@ContextConfiguration(initializers = DatabaseTest.FreshDatabase.class)
class SendDeskMailTest {
    @Autowired
    ApplicationContext beans;

    @Autowired
    DeskMails mails;

    @Autowired
    DatabaseTime time;

    @Autowired
    DatabaseClient database;

    /** What is taken up is due again after two minutes: a server that takes its time for each must not let another process send the last of them too. */
    @Test
    void sendsEachOnceThoughTheServerIsSlowAndAnotherProcessHelps() {
        var shop = Shop.open(beans).enabled();
        database.sql("""
                        insert into desk_mail (workspace_id, id, about_id, case_id, address, due_at, created_at)
                        select $1, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'desk@desk.test', now() - n * interval '1 second', now() from generate_series(1, 2) n
                        """).bind(0, shop.workspaceId()).then().block();
        var sent = new ArrayList<String>();
        var other = process(message -> sent.add(id(message)));
        var slow = process(message -> {
            sent.add(id(message));
            time.shift(Duration.ofSeconds(90L * sent.size())).block();
            if (sent.size() == 2) {
                // Not yet over, when the other process looks.
                time.shift(Duration.ofSeconds(130)).block();
                other.round().block();
            }
        });

        try {
            while (Boolean.TRUE.equals(slow.round().block())) {
                // Until nothing waits.
            }
        } finally {
            time.shift(Duration.ZERO).block();
        }

        assertThat(sent).hasSize(2).doesNotHaveDuplicates();
    }

    private SendDeskMail process(Consumer<MimeMessage> server) {
        var smtp = new JavaMailSenderImpl() {
            @Override
            public void send(MimeMessage message) {
                server.accept(message);
            }
        };
        smtp.setHost("smtp.test");
        return new SendDeskMail(
                mails,
                time,
                new StaticListableBeanFactory(Map.of("smtp", smtp)).getBeanProvider(JavaMailSenderImpl.class));
    }

    private static String id(MimeMessage message) {
        try {
            message.saveChanges();
            return message.getMessageID();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

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
