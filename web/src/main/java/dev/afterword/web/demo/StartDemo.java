package dev.afterword.web.demo;

import java.nio.file.Path;
import java.util.HashMap;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.MapPropertySource;

/**
 * Where no {@code afterword.database.url} is given: takes the demo's folder, starts its database and its mail catcher, and sets what follows from them. Being
 * the first beans of all, they are the last to go.
 */
final class StartDemo implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var environment = context.getEnvironment();
        if (environment.getProperty("afterword.database.url") != null) {
            return;
        }
        var beans = (DefaultSingletonBeanRegistry) context.getBeanFactory();
        var folder = DemoFolder.take(Path.of(environment.getProperty("afterword.demo.folder", ".afterword")));
        register(beans, "demoFolder", folder, folder::release);
        try {
            var server = EmbeddedServer.start(folder);
            register(beans, "demoServer", server, server::stop);
            var mail = MailCatcher.start(folder);
            register(beans, "demoMailCatcher", mail, mail::stop);
            var properties = new HashMap<String, Object>();
            properties.put("server.address", "127.0.0.1");
            properties.put("afterword.management.address", "127.0.0.1");
            properties.put("afterword.url", "http://localhost:" + environment.getProperty("server.port", "8080"));
            properties.put("afterword.erasures", folder.file("erasures.ndjson").toString());
            properties.put("afterword.secret", folder.secret("secret"));
            properties.put("spring.mail.host", "127.0.0.1");
            properties.put("spring.mail.port", mail.port());
            environment.getPropertySources().addFirst(new MapPropertySource("afterword demo", properties));
        } catch (RuntimeException e) {
            beans.destroySingletons();
            throw e;
        }
    }

    private static void register(DefaultSingletonBeanRegistry beans, String name, Object bean, DisposableBean end) {
        beans.registerSingleton(name, bean);
        beans.registerDisposableBean(name, end);
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
