package dev.afterword.db.workspace.provider;

import dev.afterword.db.workspace.StaffMails;
import java.time.Clock;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Sends somebody the addresses by which they sign in with their company's account. It ends the same for an address that nobody has. */
@Component
public class RequestDoorMail {
    private final StaffMails mails;
    private final Clock clock;

    RequestDoorMail(StaffMails mails, Clock clock) {
        this.mails = mails;
        this.clock = clock;
    }

    public Mono<Void> request(String email) {
        return mails.addDoors(email, clock.instant());
    }
}
