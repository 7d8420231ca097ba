package dev.afterword.web.survey;

import dev.afterword.db.Rejected;
import dev.afterword.db.survey.DefinitionReader;
import dev.afterword.db.survey.DefinitionWriter;
import dev.afterword.db.survey.SurveyDefinition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** What was read goes through the browser, packed, until somebody says that it shall be a draft; so nothing is kept of what nobody wanted. */
final class CarriedSurvey {
    private static final int MOST = 20 << 20;

    private CarriedSurvey() {}

    static String pack(SurveyDefinition definition) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(DefinitionWriter.write(definition).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getUrlEncoder().encodeToString(packed.toByteArray());
    }

    /** Otherwise {@code moving.broken-json}. */
    static SurveyDefinition unpack(String carried) {
        try (var gzip = new GZIPInputStream(
                new ByteArrayInputStream(Base64.getUrlDecoder().decode(carried)))) {
            var json = gzip.readNBytes(MOST + 1);
            if (json.length > MOST) {
                throw new Rejected("moving.too-large", "carried", MOST >> 20);
            }
            return DefinitionReader.read(new String(json, StandardCharsets.UTF_8));
        } catch (IOException | IllegalArgumentException e) {
            throw new Rejected("moving.broken-json", "carried", 1);
        }
    }
}
