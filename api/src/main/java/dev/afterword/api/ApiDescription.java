package dev.afterword.api;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the API says of itself at {@code /api/v1/openapi.json}. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {
    private static final String SCHEME = "apiKey";

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
    }

    @Bean
    OpenAPI openApi(CallLimits limits) {
        return new OpenAPI()
                .info(new Info()
                        .title("Afterword")
                        .version("v1")
                        .description(
                                "Orders in, responses and trends out. Names may grow, they do not change. Problems are problem+json (RFC 9457) with a stable code and the field at fault. "
                                        + limits.described()))
                .components(new Components()
                        .addSecuritySchemes(
                                SCHEME,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("An API key, which owners make under Settings")))
                .addSecurityItem(new SecurityRequirement().addList(SCHEME));
    }
}
