package dev.afterword.web.workspace.provider;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext.ClearCookiesOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.afterword.db.workspace.Memberships;
import dev.afterword.db.workspace.Role;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.provider.SaveProvider;
import dev.afterword.db.workspace.provider.SignInProvider;
import dev.afterword.web.Browser;
import dev.afterword.web.Browser.Look;
import dev.afterword.web.TestStaff;
import dev.afterword.web.TestStaff.Member;
import dev.afterword.web.WebTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;

/** People sign in by Spring Authorization Server, in a browser; and what a provider says that must not be believed. */
@WebTest
class ProviderSignInTest {
    private static final String OURS = "https://feedback.example";
    private static final String SESSION = "__Host-afterword";

    @RegisterExtension
    static Browser browser = new Browser();

    @Autowired
    TestStaff staff;

    @Autowired
    Memberships memberships;

    @Autowired
    SaveProvider saveProvider;

    private RealProvider provider;
    private Member owner;

    @BeforeEach
    void open() {
        provider = RealProvider.running();
        owner = staff.owner();
        provider.register(OURS + door(owner.workspace()) + "/return", OURS, staff.base());
    }

    @Test
    void letsPeopleInWithTheirCompanysAccountAndNoFurtherThanItsWorkspace() {
        var desk = staff.signIn(browser.page(), owner);
        setUp(desk);

        var page = browser.page(Look.PHONE);
        page.navigate(staff.base() + "/");
        Browser.everyLook(page, "sign-in");
        follow(page, "Sign in with your company’s account");
        Browser.everyLook(page, "provider-which");
        page.getByLabel("Your mail address").fill("what");
        page.keyboard().press("Enter");
        assertThat(page.locator("#who-error")).containsText("Write your mail address");
        page.getByLabel("Your mail address").fill("nobody@cedar.example");
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("a mail with the way there is on its way");
        page.navigate(staff.base() + "/sign-in/with");
        page.getByLabel("Your mail address").fill(owner.workspace().code().toUpperCase());
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).hasText("Sign in to Cedar & Salt");
        Browser.everyLook(page, "provider-door");
        follow(page, "Sign in with Cedar account");
        signInThere(page, owner.staff().email());
        assertThat(page.locator("h1")).hasText("Today");

        // Another workspace of the same person does not exist for it, and what is the person's own stays shut.
        var other = staff.workspace();
        memberships
                .add(other.id(), owner.staff().id(), Role.OWNER, Instant.now())
                .block();
        page.navigate(staff.base() + "/w/" + other.code() + "/");
        assertThat(page.locator("h1")).hasText("There is nothing here");
        page.navigate(staff.base() + "/");
        assertThat(page.locator("h1")).hasText("Today");
        assertThat(page.locator(".whoami")).not().containsText("Change workspace");
        page.navigate(owner.url("/you"));
        assertThat(page.locator("main")).containsText("opens this workspace only");
        assertThat(page.locator("main input[type=password]")).hasCount(0);
        Browser.everyLook(page, "you-by-provider");
        page.navigate(owner.url("/you/two-factors"));
        assertThat(page.locator("main")).containsText("Your password, your second factor");

        demand(page);
        desk.navigate(owner.url("/responses"));
        assertThat(desk.locator("main")).containsText("lets people in with “Cedar account” only");
        Browser.everyLook(desk, "provider-only");
        follow(desk, "Sign in with Cedar account");
        signInThere(desk, owner.staff().email());
        assertThat(desk).hasURL(owner.url("/responses"));

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                .click();
        page.navigate(owner.url("/"));
        assertThat(page.locator("h1")).hasText("Sign in");
    }

    /** Who manages people sets it up: what is wrong is said beside its field. */
    private void setUp(Page page) {
        page.navigate(owner.url("/settings/staff"));
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Set it up"))
                .click();
        assertThat(page.locator("#back")).hasText(OURS + door(owner.workspace()) + "/return");
        page.getByLabel("Issuer").fill("http://localhost:1");
        page.getByLabel("Client ID").fill(RealProvider.CLIENT);
        page.getByLabel("Client secret").fill(RealProvider.SECRET);
        page.getByLabel("Name on the button").fill("Cedar account");
        Browser.everyLook(page, "provider-empty");
        save(page);
        assertThat(page.locator("#issuer-error")).containsText("does not answer");
        wrong(page, "http://127.0.0.1:8080", "must begin with https");
        wrong(page, "https://10.0.0.1/", "not on the public internet");
        wrong(page, staff.base(), "does not describe itself");
        wrong(page, provider.issuer() + "/", "calls itself “" + provider.issuer() + "”");
        Browser.picture(page, "provider-wrong");
        page.getByLabel("Issuer").fill(provider.issuer());
        page.getByLabel("Client secret").fill(RealProvider.SECRET);
        save(page);
        assertThat(page.locator(".flash")).containsText("Saved");
        assertThat(page.locator("main")).containsText("sign in with it yourself first");
        Browser.everyLook(page, "provider-saved");
    }

    private static void wrong(Page page, String issuer, String said) {
        page.getByLabel("Issuer").fill(issuer);
        page.getByLabel("Client secret").fill(RealProvider.SECRET);
        save(page);
        assertThat(page.locator("#issuer-error")).containsText(said);
    }

    private static void save(Page page) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Try it and save"))
                .click();
    }

    /** Settings ask once more who it is: the provider does. */
    private void demand(Page page) {
        provider.say(claims ->
                claims.claim("auth_time", Instant.now().minusSeconds(3600).getEpochSecond()));
        page.navigate(staff.base() + door(owner.workspace()) + "/go");
        page.navigate(owner.url("/settings/staff/provider"));
        assertThat(page.locator("h1")).hasText("Is it still you?");
        Browser.everyLook(page, "again-by-provider");
        follow(page, "Go on with your company’s account");
        signInThere(page, owner.staff().email());
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("without asking who you are");
        assertThat(page.locator("main")).containsText("provider.not-asked");

        provider.say(claims -> {});
        page.navigate(owner.url("/settings/staff/provider"));
        follow(page, "Go on with your company’s account");
        signInThere(page, "somebody-else@cedar.example");
        assertThat(page.locator("main")).containsText("provider.somebody-else");
        page.navigate(owner.url("/settings/staff/provider"));
        follow(page, "Go on with your company’s account");
        signInThere(page, owner.staff().email());
        assertThat(page).hasURL(owner.url("/settings/staff/provider"));
        assertThat(page.locator("main table")).containsText(owner.staff().email());
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("With the company’s account only"))
                .click();
        assertThat(page.locator(".flash")).containsText("company’s account only from now on");
        Browser.everyLook(page, "provider-demanded");
        page.navigate(owner.url("/settings/staff"));
        assertThat(page.locator("main")).containsText("the address where they sign in with their company’s account");
    }

    @Test
    void believesNoWordThatIsNotMeantForItNotOfThisVisitOrNotOfAMember() {
        keep(owner.workspace(), RealProvider.SECRET);
        var page = browser.page(Look.DESKTOP.withoutScripts());
        var returns = new ArrayList<String>();
        page.onRequest(request -> {
            if (request.url().contains("/return?")) {
                returns.add(request.url());
            }
        });
        page.navigate(staff.base() + door(owner.workspace()) + "/go");
        signInThere(page, owner.staff().email());
        assertThat(page.locator("h1")).hasText("Today");
        var used = returns.getLast();
        page.navigate(used);
        failed(page, "provider.over");

        refused(page, claims -> claims.audience(List.of("another client")), "provider.answer-wrong");
        refused(page, claims -> claims.claim("azp", "another client"), "provider.answer-wrong");
        refused(page, claims -> claims.claim("nonce", "of an earlier visit"), "provider.answer-wrong");
        refused(page, claims -> claims.claims(all -> all.remove("nonce")), "provider.answer-wrong");
        refused(page, claims -> claims.issuer("https://elsewhere.example"), "provider.answer-wrong");
        refused(
                page,
                claims -> claims.issuedAt(Instant.now().minusSeconds(7200))
                        .expiresAt(Instant.now().minusSeconds(3600)),
                "provider.answer-wrong");
        refused(page, claims -> claims.subject("b").claim("email_verified", false), "provider.address-unverified");
        refused(page, claims -> claims.subject("b").claim("email", "nobody@cedar.example"), "provider.no-member");
        refused(page, claims -> claims.subject("b").claim("email", owner.staff().email()), "provider.linked-otherwise");

        // With its own session, and the state that it never gave to this browser.
        var stranger = browser.page(Look.DESKTOP.withoutScripts());
        stranger.navigate(used);
        failed(stranger, "provider.over");
        page.navigate(staff.base() + door(owner.workspace()) + "/return?error=access_denied&state=made-up");
        failed(page, "provider.over");

        provider.say(claims -> {});
        provider.changeKeys();
        page.navigate(staff.base() + door(owner.workspace()) + "/go");
        assertThat(page.locator("h1")).hasText("Today");
        provider.goAway();
        page.navigate(staff.base() + door(owner.workspace()) + "/go");
        failed(page, "provider.unreachable");
        RealProvider.running();
        keep(owner.workspace(), "not the secret");
        page.navigate(staff.base() + door(owner.workspace()) + "/go");
        failed(page, "provider.client-wrong");
        page.navigate(staff.base() + door(staff.workspace()));
        failed(page, "provider.none");
        Browser.picture(page, "provider-none");
    }

    private void refused(Page page, Consumer<JwtClaimsSet.Builder> lie, String code) {
        provider.say(lie);
        page.context().clearCookies(new ClearCookiesOptions().setName(SESSION));
        page.navigate(staff.base() + door(owner.workspace()) + "/go");
        failed(page, code);
        assertThat(page.context().cookies())
                .extracting(cookie -> cookie.name)
                .as(code)
                .doesNotContain(SESSION);
    }

    private static void failed(Page page, String code) {
        assertThat(page.locator("main")).containsText("What to tell who helps you: " + code);
        assertThat(page.locator("h1")).hasText("You could not be signed in");
    }

    private void keep(Workspace workspace, String secret) {
        saveProvider
                .save(
                        SignInProvider.of(
                                workspace.id(), "Cedar account", provider.issuer(), RealProvider.CLIENT, Instant.now()),
                        secret)
                .block();
    }

    private static String door(Workspace workspace) {
        return "/sign-in/with/" + workspace.code();
    }

    private static void signInThere(Page page, String name) {
        page.getByLabel("Username").fill(name);
        page.getByLabel("Password").fill(RealProvider.PASSWORD);
        page.keyboard().press("Enter");
        page.waitForURL(url -> !url.contains("/login"));
    }

    private static void follow(Page page, String name) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name)).click();
    }
}
