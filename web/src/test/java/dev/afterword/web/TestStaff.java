package dev.afterword.web;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import dev.afterword.db.Key;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.workspace.Memberships;
import dev.afterword.db.workspace.Passwords;
import dev.afterword.db.workspace.Role;
import dev.afterword.db.workspace.Sessions;
import dev.afterword.db.workspace.Staff;
import dev.afterword.db.workspace.StaffMembers;
import dev.afterword.db.workspace.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.env.Environment;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Opens workspaces for tests and signs staff in. */
@TestComponent
public class TestStaff {
    /** Everybody's password. */
    public static final String PASSWORD = "ochre teapot on a bicycle";

    private static final String COOKIE = "__Host-afterword";

    private final OpenWorkspace openWorkspace;
    private final StaffMembers staff;
    private final Memberships memberships;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Environment environment;

    TestStaff(
            OpenWorkspace openWorkspace,
            StaffMembers staff,
            Memberships memberships,
            Passwords passwords,
            Sessions sessions,
            Environment environment) {
        this.openWorkspace = openWorkspace;
        this.staff = staff;
        this.memberships = memberships;
        this.passwords = passwords;
        this.sessions = sessions;
        this.environment = environment;
    }

    /** A staff member with a session in a workspace. */
    public record Member(Workspace workspace, Staff staff, Role role, String session, String base) {
        public String path(String below) {
            return "/w/" + workspace.code() + below;
        }

        public String url(String below) {
            return base + path(below);
        }
    }

    public Workspace workspace() {
        return openWorkspace
                .open(Workspace.open(Key.nextId(), "Cedar & Salt", ZoneId.of("Europe/Berlin"), "de", Instant.now()))
                .block();
    }

    public Member member(Workspace workspace, Role role) {
        var person = staff.save(Staff.of(
                                (role.custom() ? "own" : role.code()) + "-" + Key.nextId() + "@cedar.example",
                                "Mira Holm",
                                Instant.now())
                        .withPassword(passwords.hash(PASSWORD).block()))
                .block();
        memberships.add(workspace.id(), person.id(), role, Instant.now()).block();
        var session = sessions.open(person.id(), Instant.now()).block();
        return new Member(workspace, person, role, session, base());
    }

    public Member owner() {
        return member(workspace(), Role.OWNER);
    }

    /** A client of somebody who is not signed in. */
    public WebTestClient visitor() {
        return WebTestClient.bindToServer()
                .baseUrl(base())
                .responseTimeout(Duration.ofSeconds(20))
                .build();
    }

    public WebTestClient client(Member member) {
        return visitor().mutate().defaultCookie(COOKIE, member.session()).build();
    }

    /** Signs a browser's page in, as if its visitor had typed address and password. */
    public Page signIn(Page page, Member member) {
        page.context()
                .addCookies(List.of(new Cookie(COOKIE, member.session())
                        .setUrl(base().replace("http:", "https:"))
                        .setSecure(true)
                        .setHttpOnly(true)));
        return page;
    }

    /** The address of the server. */
    public String base() {
        return "http://localhost:" + environment.getProperty("local.server.port");
    }
}
