package dev.afterword.db.workspace;

import dev.afterword.db.Transactions;
import java.time.Clock;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Sends a link to who forgot their password. It ends the same for an address that nobody has. */
@Component
public class RequestPasswordLink {
    private final StaffMembers staff;
    private final OneTimeLinks links;
    private final StaffMails mails;
    private final Transactions transactions;
    private final Clock clock;

    RequestPasswordLink(
            StaffMembers staff, OneTimeLinks links, StaffMails mails, Transactions transactions, Clock clock) {
        this.staff = staff;
        this.links = links;
        this.mails = mails;
        this.transactions = transactions;
        this.clock = clock;
    }

    public Mono<Void> request(String email) {
        var now = clock.instant();
        return staff.findByAddress(email)
                .flatMap(person -> transactions.run(links.create(OneTimeLinks.Purpose.PASSWORD, person.id(), now)
                        .flatMap(link ->
                                mails.addLink(link, person.id(), null, now).thenReturn(link))))
                .then();
    }
}
