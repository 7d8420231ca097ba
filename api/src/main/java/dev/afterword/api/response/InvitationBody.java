package dev.afterword.api.response;

import dev.afterword.db.Fields;
import dev.afterword.db.contact.ContactData;
import dev.afterword.db.response.InviteCustomer.Wish;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How an invitation is wished for: about an order that we know, or of a customer. */
@Schema(
        name = "Invitation",
        requiredProperties = {"survey"})
record InvitationBody(
        String survey,
        @Nullable Order order,

        @Schema(description = "Needed without an order") @Nullable
        Customer customer,

        @Schema(description = "Whether we write the mail; suppression and consent hold all the same") @Nullable
        Boolean send) {

    /** An order that was sent before. */
    @Schema(name = "OrderToAskAbout")
    record Order(String externalId) {}

    /** Who is asked; an externalId or an email is needed. */
    @Schema(name = "CustomerToAsk")
    record Customer(
            @Nullable String externalId,
            @Nullable String email,
            @Nullable String name,
            @Nullable String locale) {}

    static Wish toWish(Fields fields, Instant now) {
        var order = fields.optionalObject("order");
        var customer = fields.optionalObject("customer");
        return new Wish(
                fields.text("survey", 100),
                order == null ? null : order.text("externalId", 200),
                customer == null ? null : ContactData.of(customer, now),
                Objects.requireNonNullElse(fields.optionalFlag("send"), false));
    }
}
