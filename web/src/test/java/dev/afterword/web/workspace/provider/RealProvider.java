package dev.afterword.web.workspace.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Spring Authorization Server in a Tomcat of its own, started once for all tests of a process: whoever knows the password is who they say. It can be made to lie, to
 * change its keys, and to be away.
 */
final class RealProvider {
    static final String CLIENT = "afterword";
    static final String SECRET = "a client's secret: 100 % odd & long";
    static final String PASSWORD = "their company's password";

    private static final RealProvider RUNNING = new RealProvider();

    private final Set<String> redirects = ConcurrentHashMap.newKeySet();
    private final Tomcat tomcat = new Tomcat();
    private volatile JWKSet keys = newKeys();
    private volatile Consumer<JwtClaimsSet.Builder> lie = claims -> {};
    private volatile boolean away;
    private volatile String landsAt = "";

    private RealProvider() {
        try {
            tomcat.setBaseDir(Files.createTempDirectory("provider").toString());
            tomcat.setPort(0);
            tomcat.setSilent(true);
            var context = tomcat.addContext("", null);
            Tomcat.addServlet(context, "nothing", new HttpServlet() {
                        private static final long serialVersionUID = 1L;
                    })
                    .addMapping("/");
            context.addServletContainerInitializer(
                    (_, servlets) -> {
                        var application = new AnnotationConfigWebApplicationContext();
                        application.register(Settings.class);
                        application.setServletContext(servlets);
                        application.addBeanFactoryPostProcessor(beans -> beans.registerSingleton("provider", this));
                        application.refresh();
                        filter(servlets.addFilter("moods", moods()));
                        filter(servlets.addFilter(
                                "security", new DelegatingFilterProxy("springSecurityFilterChain", application)));
                    },
                    null);
            tomcat.getConnector();
            tomcat.start();
        } catch (IOException | LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void filter(jakarta.servlet.FilterRegistration.Dynamic filter) {
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
    }

    /** The one of this process, honest and there. */
    static RealProvider running() {
        RUNNING.lie = claims -> {};
        RUNNING.away = false;
        return RUNNING;
    }

    String issuer() {
        return "http://localhost:" + tomcat.getConnector().getLocalPort();
    }

    /** Tells it where our pages are: what it is told is our public address, and the browser of a test lands at the test's server. */
    void register(String redirect, String ours, String here) {
        redirects.add(redirect);
        landsAt = ours + " " + here;
    }

    /** From now on it says something else in its ID tokens. */
    void say(Consumer<JwtClaimsSet.Builder> other) {
        lie = other;
    }

    void changeKeys() {
        keys = newKeys();
    }

    /** Answers nobody who comes with a code. */
    void goAway() {
        away = true;
    }

    private static JWKSet newKeys() {
        try {
            return new JWKSet(new RSAKeyGenerator(2048)
                    .keyID(UUID.randomUUID().toString())
                    .generate());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private Filter moods() {
        return new OncePerRequestFilter() {
            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws ServletException, IOException {
                if (away && request.getRequestURI().equals("/oauth2/token")) {
                    response.sendError(503);
                    return;
                }
                asksAnew(request);
                chain.doFilter(request, new HttpServletResponseWrapper(response) {
                    @Override
                    public void sendRedirect(String location) throws IOException {
                        var names = landsAt.split(" ");
                        super.sendRedirect(
                                location.startsWith(names[0])
                                        ? names[1] + location.substring(names[0].length())
                                        : location);
                    }
                });
            }
        };
    }

    /** Spring Authorization Server does not know prompt=login yet: who was signed in is forgotten, once for each state. */
    private static void asksAnew(HttpServletRequest request) {
        if (request.getRequestURI().equals("/oauth2/authorize") && "login".equals(request.getParameter("prompt"))) {
            var asked = "asked " + request.getParameter("state");
            var session = request.getSession();
            if (session.getAttribute(asked) == null) {
                session.invalidate();
                request.getSession().setAttribute(asked, true);
            }
        }
    }

    /** No @Configuration, so that our own application does not find it. */
    @EnableWebSecurity
    static class Settings {
        @Bean
        SecurityFilterChain places(HttpSecurity http) {
            return http.oauth2AuthorizationServer(server -> server.oidc(Customizer.withDefaults()))
                    .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .formLogin(Customizer.withDefaults())
                    .build();
        }

        @Bean
        UserDetailsService everybody() {
            return name -> User.withUsername(name)
                    .password("{noop}" + PASSWORD)
                    .roles("PERSON")
                    .build();
        }

        @Bean
        RegisteredClientRepository clients(RealProvider provider) {
            return new RegisteredClientRepository() {
                @Override
                public void save(RegisteredClient client) {
                    // It would keep the secret hashed from now on.
                }

                @Override
                public RegisteredClient findById(String id) {
                    return findByClientId(id);
                }

                @Override
                public RegisteredClient findByClientId(String id) {
                    return RegisteredClient.withId(CLIENT)
                            .clientId(CLIENT)
                            .clientSecret("{noop}" + SECRET)
                            .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                            .redirectUris(all -> all.addAll(provider.redirects))
                            .scope("openid")
                            .scope("email")
                            .clientSettings(ClientSettings.builder()
                                    .requireProofKey(true)
                                    .build())
                            .build();
                }
            };
        }

        @Bean
        JWKSource<SecurityContext> keys(RealProvider provider) {
            return (selector, _) -> selector.select(provider.keys);
        }

        @Bean
        JwtDecoder decoder(JWKSource<SecurityContext> keys) {
            return NimbusJwtDecoder.withJwkSource(keys).build();
        }

        @Bean
        AuthorizationServerSettings settings() {
            return AuthorizationServerSettings.builder().build();
        }

        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> words(RealProvider provider) {
            return token -> {
                if (token.getTokenType().getValue().equals("id_token")) {
                    token.getClaims()
                            .claim("email", token.getPrincipal().getName())
                            .claim("email_verified", true);
                    provider.lie.accept(token.getClaims());
                }
            };
        }
    }
}
