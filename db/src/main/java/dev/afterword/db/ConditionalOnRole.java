package dev.afterword.db;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Set;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Holds in processes that run the role: {@code afterword.roles} names some of api, worker and web; without it a process runs all. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Conditional(ConditionalOnRole.OnRole.class)
public @interface ConditionalOnRole {
    String value();

    /** Compares the role with {@code afterword.roles}. */
    final class OnRole implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            var role = metadata.getAnnotations().get(ConditionalOnRole.class).getString("value");
            var roles = StringUtils.commaDelimitedListToSet(
                    context.getEnvironment().getProperty("afterword.roles", "").replace(" ", ""));
            return roles.isEmpty() || Set.copyOf(roles).contains(role);
        }
    }
}
