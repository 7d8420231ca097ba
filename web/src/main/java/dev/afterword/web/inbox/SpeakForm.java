package dev.afterword.web.inbox;

import dev.afterword.db.Rejected;
import dev.afterword.web.inbox.ReadUpload.Upload;
import dev.afterword.web.inbox.ReadUpload.WrongPhoto;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** What a customer typed, and what is wrong with it; the field {@code ""} stands for the whole. */
final class SpeakForm {
    private final MultiValueMap<String, String> fields;
    private final Map<String, Wrong> wrong = new LinkedHashMap<>();
    private final List<Wrong> photos = new ArrayList<>();

    /** The code of a text below {@code feedback.error.}, and its arguments. */
    record Wrong(String code, List<Object> arguments) {
        public Object[] parameters() {
            return arguments.toArray();
        }
    }

    private SpeakForm(MultiValueMap<String, String> fields) {
        this.fields = fields;
    }

    static SpeakForm blank() {
        return new SpeakForm(new LinkedMultiValueMap<>());
    }

    static SpeakForm of(Upload upload) {
        var form = new SpeakForm(upload.fields());
        upload.wrong().forEach(form::wrong);
        return form;
    }

    String value(String field) {
        var value = fields.getFirst(field);
        return value == null ? "" : value;
    }

    SpeakForm wrong(String field, String code, Object... arguments) {
        wrong.putIfAbsent(field, new Wrong(code, List.of(arguments)));
        return this;
    }

    /** Beside its field; what is wrong with photos stands beside theirs. */
    SpeakForm wrong(Rejected rejected) {
        var field = rejected.field();
        var code = code(rejected);
        if ("photos".equals(field)) {
            photos.add(new Wrong(code, rejected.arguments()));
        } else {
            wrong(field == null ? "" : field, code, rejected.arguments().toArray());
        }
        return this;
    }

    private void wrong(WrongPhoto photo) {
        var code = code(photo.why());
        var told = new Wrong(code, code.equals("photos-many") ? photo.why().arguments() : List.of(photo.file()));
        if (!photos.contains(told)) {
            photos.add(told);
        }
    }

    private static String code(Rejected rejected) {
        return rejected.code().substring(rejected.code().indexOf('.') + 1);
    }

    boolean right() {
        return wrong.isEmpty() && photos.isEmpty();
    }

    Map<String, Wrong> wrong() {
        return wrong;
    }

    List<Wrong> photos() {
        return photos;
    }
}
