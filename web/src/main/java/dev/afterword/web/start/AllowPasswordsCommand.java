package dev.afterword.web.start;

import dev.afterword.db.Problem;
import dev.afterword.db.workspace.provider.AllowPasswords;
import dev.afterword.web.AtStart;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import reactor.core.publisher.Mono;

/** The command {@code --afterword.command=allow-passwords --afterword.workspace=CODE}: the way back into a workspace whose provider lets nobody in any more. */
final class AllowPasswordsCommand implements ExitCodeGenerator {
    private final AllowPasswords allowPasswords;
    private final String code;
    private volatile boolean allowed;

    AllowPasswordsCommand(AllowPasswords allowPasswords, String code) {
        this.allowPasswords = allowPasswords;
        this.code = code;
    }

    @EventListener(ApplicationReadyEvent.class)
    void allow() {
        AtStart.run(Mono.defer(() -> allowPasswords.allow(code))
                .doOnNext(workspace -> {
                    allowed = true;
                    System.out.println("People sign in to %s with their passwords again.".formatted(workspace.name()));
                })
                .then()
                .onErrorResume(
                        Problem.class,
                        problem -> Mono.fromRunnable(() -> System.out.println(
                                "There is no workspace “%s”. Give its code, which stands behind /w/ in the address of its pages, as --afterword.workspace."
                                        .formatted(code)))));
    }

    @Override
    public int getExitCode() {
        return allowed ? 0 : 1;
    }
}
