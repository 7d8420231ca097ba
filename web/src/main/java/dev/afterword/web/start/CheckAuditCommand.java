package dev.afterword.web.start;

import dev.afterword.db.workspace.CheckAudit;
import dev.afterword.web.AtStart;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import reactor.core.publisher.Mono;

/** The command {@code --afterword.command=check-audit}: a line for each workspace's audit log, and an exit code of 1 when one of them was tampered with. */
final class CheckAuditCommand implements ExitCodeGenerator {
    private final CheckAudit checkAudit;
    private volatile boolean whole;

    CheckAuditCommand(CheckAudit checkAudit) {
        this.checkAudit = checkAudit;
    }

    @EventListener(ApplicationReadyEvent.class)
    void check() {
        AtStart.run(Mono.defer(() -> checkAudit
                .check()
                .doOnNext(finding -> System.out.println(said(finding)))
                .all(CheckAudit.Finding::whole)
                .doOnNext(all -> whole = all)
                .then()));
    }

    private static String said(CheckAudit.Finding finding) {
        return "%s %s links=%d head=%s%s%s"
                .formatted(
                        finding.workspace(),
                        finding.whole() ? "whole" : "TAMPERED",
                        finding.links(),
                        finding.head(),
                        finding.broken() == null ? "" : " broken-at=" + finding.broken(),
                        finding.outside() == 0 ? "" : " outside=" + finding.outside());
    }

    /** Not what was not looked at to its end. */
    @Override
    public int getExitCode() {
        return whole ? 0 : 1;
    }
}
