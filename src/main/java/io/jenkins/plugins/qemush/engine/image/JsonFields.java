package io.jenkins.plugins.qemush.engine.image;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of one JSON object, each taken out once; what is left at the end was not expected there.
 *
 * <p>On Gson's stream reader and not on its tree: the tree loads ten times the classes, before every boot.
 */
final class JsonFields {
    private final Map<String, Object> left;
    private final String file;
    private final String prefix;

    private JsonFields(Map<String, Object> fields, String file, String prefix) {
        this.left = new LinkedHashMap<>(fields);
        this.file = file;
        this.prefix = prefix;
    }

    /**
     * @param text the JSON
     * @param file where it came from, for messages
     */
    static JsonFields parse(String text, String file) throws HostFailure {
        try (JsonReader json = new JsonReader(new StringReader(text))) {
            json.setStrictness(Strictness.STRICT);
            Object value = value(json);
            if (!(value instanceof Map) || json.peek() != JsonToken.END_DOCUMENT) {
                throw new IOException("one JSON object is expected");
            }
            return new JsonFields(asFields(value), file, "");
        } catch (IOException | IllegalStateException e) {
            throw new HostFailure(
                    file + " is not valid JSON: " + e.getMessage() + ".", "Correct the file or get it again.", e);
        }
    }

    String text(String name) throws HostFailure {
        return required(name, optionalText(name));
    }

    Optional<String> optionalText(String name) throws HostFailure {
        return take(name, String.class, "text");
    }

    long number(String name) throws HostFailure {
        return required(name, optionalNumber(name));
    }

    Optional<Long> optionalNumber(String name) throws HostFailure {
        return take(name, Long.class, "a whole number");
    }

    List<String> texts(String name) throws HostFailure {
        return required(name, optionalTexts(name));
    }

    Optional<List<String>> optionalTexts(String name) throws HostFailure {
        Optional<?> list = take(name, List.class, "a list of texts");
        if (list.isEmpty()) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        for (Object item : (List<?>) list.get()) {
            if (!(item instanceof String text)) {
                throw wrong(name, "is not a list of texts", "Write each item in double quotes.");
            }
            texts.add(text);
        }
        return Optional.of(texts);
    }

    JsonFields object(String name) throws HostFailure {
        return required(name, optionalObject(name));
    }

    Optional<JsonFields> optionalObject(String name) throws HostFailure {
        Optional<?> fields = take(name, Map.class, "an object");
        return fields.isEmpty()
                ? Optional.empty()
                : Optional.of(new JsonFields(asFields(fields.get()), file, prefix + name + "."));
    }

    /** Nothing else may be there: a misspelt field would be a setting silently ignored. */
    void end() throws HostFailure {
        if (!left.isEmpty()) {
            throw wrong(left.keySet().iterator().next(), "is not known", "Remove it, or correct its name.");
        }
    }

    /** What is wrong with a field: {@code problem} continues the sentence that names it. */
    HostFailure wrong(String name, String problem, String nextStep) {
        return new HostFailure(file + ": the field " + prefix + name + " " + problem + ".", nextStep);
    }

    private <T> T required(String name, Optional<T> value) throws HostFailure {
        if (value.isEmpty()) {
            throw wrong(name, "is missing", "Add it, or get the image again.");
        }
        return value.get();
    }

    private <T> Optional<T> take(String name, Class<T> type, String title) throws HostFailure {
        if (!left.containsKey(name)) {
            return Optional.empty();
        }
        Object value = left.remove(name);
        if (!type.isInstance(value)) {
            throw wrong(name, "is not " + title, "Make it " + title + ".");
        }
        return Optional.of(type.cast(value));
    }

    private static Object value(JsonReader json) throws IOException {
        JsonToken next = json.peek();
        return switch (next) {
            case BEGIN_OBJECT -> fields(json);
            case BEGIN_ARRAY -> items(json);
            case STRING -> json.nextString();
            case NUMBER -> number(json);
            case BOOLEAN -> json.nextBoolean();
            case NULL -> {
                json.nextNull();
                yield JsonToken.NULL;
            }
            default -> throw new IOException("unexpected " + next);
        };
    }

    private static Map<String, Object> fields(JsonReader json) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (fields.put(name, value(json)) != null) {
                throw new IOException("the field " + name + " is there twice");
            }
        }
        json.endObject();
        return fields;
    }

    private static List<Object> items(JsonReader json) throws IOException {
        List<Object> items = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            items.add(value(json));
        }
        json.endArray();
        return items;
    }

    private static Object number(JsonReader json) throws IOException {
        String digits = json.nextString();
        try {
            return Long.valueOf(digits);
        } catch (NumberFormatException e) {
            return Double.valueOf(digits);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asFields(Object value) {
        return (Map<String, Object>) value;
    }
}
