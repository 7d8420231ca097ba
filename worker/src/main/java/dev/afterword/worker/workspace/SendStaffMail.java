package dev.afterword.worker.workspace;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Installation;
import dev.afterword.db.contact.Address;
import dev.afterword.db.followup.PreviewMail;
import dev.afterword.db.inbox.notice.NoticeMails;
import dev.afterword.db.message.Mail;
import dev.afterword.db.workspace.OneTimeLinks;
import dev.afterword.db.workspace.StaffMail;
import dev.afterword.db.workspace.StaffMails;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Sends the mails to staff that are due. They are few: each has a connection of its own, off the event loop. */
@Component
class SendStaffMail {
    private static final Logger LOG = LoggerFactory.getLogger(SendStaffMail.class);
    private static final int BATCH = 10;

    private final StaffMails mails;
    private final OneTimeLinks links;
    private final PreviewMail previewMail;
    private final NoticeMails noticeMails;
    private final Workspaces workspaces;
    private final Installation installation;
    private final DatabaseTime time;
    private final ObjectProvider<JavaMailSenderImpl> server;
    private final String from;

    SendStaffMail(
            StaffMails mails,
            OneTimeLinks links,
            PreviewMail previewMail,
            NoticeMails noticeMails,
            Workspaces workspaces,
            Installation installation,
            DatabaseTime time,
            ObjectProvider<JavaMailSenderImpl> server,
            @Value("${afterword.mail.staff-from:}") String from) {
        this.mails = mails;
        this.links = links;
        this.previewMail = previewMail;
        this.noticeMails = noticeMails;
        this.workspaces = workspaces;
        this.installation = installation;
        this.time = time;
        this.server = server;
        this.from = from.isBlank() ? "afterword@" + installation.url().getHost() : from;
    }

    /** One round; true when more may wait. Without a mail server nothing is claimed, so that no attempt is lost. */
    Mono<Boolean> round() {
        var smtp = server.getIfAvailable();
        if (smtp == null || smtp.getHost() == null) {
            return Mono.just(false);
        }
        return time.now()
                .flatMap(now -> mails.claim(BATCH, now))
                .flatMap(claimed -> Flux.fromIterable(claimed)
                        .concatMap(mail -> send(smtp, mail))
                        .then(Mono.just(claimed.size() == BATCH)));
    }

    private Mono<Void> send(JavaMailSenderImpl smtp, StaffMail mail) {
        return message(smtp, mail)
                .flatMap(
                        message -> Mono.fromRunnable(() -> smtp.send(message)).subscribeOn(Schedulers.boundedElastic()))
                .then(time.now())
                .flatMap(now -> mails.sent(mail.id(), now))
                .onErrorResume(error -> {
                    LOG.warn("A mail to staff could not be sent: {}", error.toString());
                    return mails.failed(mail.id(), String.valueOf(error.getMessage()));
                });
    }

    /** Empty where there is nothing to say any more. */
    private Mono<MimeMessage> message(JavaMailSenderImpl smtp, StaffMail mail) {
        return switch (mail.content()) {
            case StaffMail.Link link ->
                links.token(link.id())
                        .flatMap(token -> Mono.fromCallable(() -> {
                            var address = installation.link("/password/" + token);
                            return message(
                                    smtp, mail, "Afterword", from, mail.subject(link), mail.text(link, address), null);
                        }));
            case StaffMail.Door door ->
                Mono.fromCallable(() -> {
                    var address = installation.link("/sign-in/with/" + door.code());
                    return message(smtp, mail, "Afterword", from, mail.subject(door), mail.text(door, address), null);
                });
            case StaffMail.Notices notices ->
                noticeMails
                        .compose(notices.workspaceId(), mail.id(), mail.name())
                        .flatMap(said -> Mono.fromCallable(() ->
                                message(smtp, mail, "Afterword", from, said.subject(), said.text(), said.html())));
            case StaffMail.Test test ->
                Mono.zip(
                                workspaces.findById(test.followUp().workspaceId()),
                                previewMail.preview(test.followUp(), test.step(), test.language(), null))
                        .flatMap(found -> Mono.fromCallable(() -> test(smtp, mail, found.getT1(), found.getT2())));
        };
    }

    private MimeMessage test(JavaMailSenderImpl smtp, StaffMail mail, Workspace workspace, Mail sent)
            throws MessagingException, UnsupportedEncodingException {
        var sender = workspace.senderAddress();
        var name = workspace.senderName();
        return message(
                smtp,
                mail,
                name == null ? workspace.name() : name,
                sender == null ? from : sender,
                sent.subject(),
                sent.text(),
                sent.html());
    }

    private static MimeMessage message(
            JavaMailSenderImpl smtp,
            StaffMail mail,
            String fromName,
            String fromAddress,
            String subject,
            String text,
            @Nullable String html)
            throws MessagingException, UnsupportedEncodingException {
        var message = smtp.createMimeMessage();
        var helper = new MimeMessageHelper(message, html != null, StandardCharsets.UTF_8.name());
        helper.setFrom(Address.wire(fromAddress), fromName);
        helper.setTo(Address.wire(mail.email()));
        helper.setSubject(subject);
        if (html == null) {
            helper.setText(text);
        } else {
            helper.setText(text, html);
        }
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }
}
