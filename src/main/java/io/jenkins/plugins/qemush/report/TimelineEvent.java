package io.jenkins.plugins.qemush.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Something that happened to a machine.
 *
 * @param at epoch milliseconds, by the clock of whoever saw it
 * @param event a {@link Moment} or a kind of the engine's timeline, in lower case
 */
record TimelineEvent(long at, String event, String detail) {

    static TimelineEvent now(Moment moment) {
        return new TimelineEvent(System.currentTimeMillis(), moment.name().toLowerCase(Locale.ROOT), "");
    }

    /** As a line of its file. */
    String line() {
        JsonObject json = new JsonObject();
        json.addProperty("at", at);
        json.addProperty("event", event);
        json.addProperty("detail", detail);
        return json + "\n";
    }

    /** The events of a file, without the lines that are none: the last one may be half written. */
    static List<TimelineEvent> parse(String lines) {
        List<TimelineEvent> events = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            try {
                JsonElement json = JsonParser.parseString(line);
                if (json instanceof JsonObject object && object.has("at") && object.has("event")) {
                    events.add(of(object));
                }
            } catch (JsonParseException | UnsupportedOperationException | NumberFormatException e) {
                continue;
            }
        }
        return events;
    }

    private static TimelineEvent of(JsonObject json) {
        String detail = json.has("detail") ? json.get("detail").getAsString() : "";
        return new TimelineEvent(json.get("at").getAsLong(), json.get("event").getAsString(), detail);
    }
}
