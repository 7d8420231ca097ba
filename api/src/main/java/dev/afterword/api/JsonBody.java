package dev.afterword.api;

import dev.afterword.db.Fields;
import dev.afterword.db.Rejected;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads the JSON object in a body field by field, so that every mistake is named by its path. */
public final class JsonBody {
    private JsonBody() {}

    public static Fields read(byte[] body) {
        try {
            return Fields.parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new Rejected("json.malformed", null, "it is not UTF-8");
        }
    }
}
