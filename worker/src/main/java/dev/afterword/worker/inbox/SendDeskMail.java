package dev.afterword.worker.inbox;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.contact.Address;
import dev.afterword.db.inbox.desk.DeskMail;
import dev.afterword.db.inbox.desk.DeskMails;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Sends what other help desks are to get. */
@Component
class SendDeskMail {
    private static final Logger LOG = LoggerFactory.getLogger(SendDeskMail.class);

    private final DeskMails mails;
    private final DatabaseTime time;
    private final ObjectProvider<JavaMailSenderImpl> server;

    SendDeskMail(DeskMails mails, DatabaseTime time, ObjectProvider<JavaMailSenderImpl> server) {
        this.mails = mails;
        this.time = time;
        this.server = server;
    }

    /** One mail at a time, so that none waits behind others until it is due again and another process takes it; true when more may wait. Without a mail server nothing is claimed, so that no attempt is lost. */
    Mono<Boolean> round() {
        var smtp = server.getIfAvailable();
        if (smtp == null || smtp.getHost() == null) {
            return Mono.just(false);
        }
        return time.now()
                .flatMap(now -> mails.claim(1, now))
                .flatMap(claimed -> Flux.fromIterable(claimed)
                        .concatMap(mail -> send(smtp, mail))
                        .then(Mono.just(!claimed.isEmpty())));
    }

    private Mono<Void> send(JavaMailSenderImpl smtp, DeskMail mail) {
        return Mono.fromCallable(() -> {
                    smtp.send(message(smtp, mail));
                    return true;
                })
                .subscribeOn(Schedulers.boundedElastic())
                .then(time.now())
                .flatMap(now -> mails.sent(mail.key(), now))
                .onErrorResume(error -> {
                    LOG.warn("A mail to another help desk could not be sent: {}", error.toString());
                    return mails.failed(mail.key(), String.valueOf(error.getMessage()));
                });
    }

    static MimeMessage message(JavaMailSenderImpl smtp, DeskMail mail)
            throws MessagingException, UnsupportedEncodingException {
        var message = new MimeMessage(smtp.getSession()) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", mail.messageId());
            }
        };
        var helper = new MimeMessageHelper(message, false, StandardCharsets.UTF_8.name());
        helper.setFrom(Address.wire(mail.fromAddress()), mail.fromName());
        helper.setTo(Address.wire(mail.to()));
        helper.setReplyTo(mail.replyTo());
        helper.setSubject(mail.subject());
        helper.setText(mail.text());
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-Auto-Response-Suppress", "All");
        return message;
    }
}
