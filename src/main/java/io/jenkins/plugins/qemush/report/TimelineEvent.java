package io.jenkins.plugins.qemush.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.jenkins.plugins.qemush.engine.vm.run.Timeline;
import io.jenkins.plugins.qemush.engine.vm.run.Timeline.Figure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Something that happened to a machine.
 *
 * @param at epoch milliseconds, by the clock of whoever saw it
 * @param event a {@link Moment} or a kind of the engine's timeline, as {@link Timeline#nameInFile} has it
 * @param figures those of the engine's timeline; a {@link Moment} has none
 */
record TimelineEvent(long at, String event, String detail, Map<Figure, Long> figures) {
    /** The end of the year 9999. No agent's clock is later, and sums of such times do not overflow. */
    private static final long LATEST = 253_402_300_799_999L;

    /** An event without figures. */
    TimelineEvent(long at, String event, String detail) {
        this(at, event, detail, Map.of());
    }

    static TimelineEvent now(Moment moment) {
        return new TimelineEvent(System.currentTimeMillis(), Timeline.nameInFile(moment), "");
    }

    TimelineEvent earlier(long millis) {
        return new TimelineEvent(at - millis, event, detail, figures);
    }

    boolean is(Enum<?> kind) {
        return event.equals(Timeline.nameInFile(kind));
    }

    /** A figure, or 0 when the event has none such. */
    long figure(Figure figure) {
        return figures.getOrDefault(figure, 0L);
    }

    /** As a line of its file. */
    String line() {
        JsonObject json = new JsonObject();
        json.addProperty("at", at);
        json.addProperty("event", event);
        json.addProperty("detail", detail);
        figures.forEach((figure, value) -> json.addProperty(Timeline.nameInFile(figure), value));
        return json + "\n";
    }

    /**
     * The events of a file, without the lines that are none: the last one may be half written. An agent wrote the file, so
     * that nothing in it is believed: a time that no clock shows is no event, and figures have a bound.
     */
    static List<TimelineEvent> parse(String lines) {
        List<TimelineEvent> events = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            try {
                JsonElement json = JsonParser.parseString(line);
                if (json instanceof JsonObject object && object.has("at") && object.has("event")) {
                    addPlausible(events, of(object));
                }
            } catch (JsonParseException
                    | UnsupportedOperationException
                    | NumberFormatException
                    | IllegalStateException e) {
                continue;
            }
        }
        return events;
    }

    private static void addPlausible(List<TimelineEvent> events, TimelineEvent event) {
        if (event.at() >= 0 && event.at() <= LATEST) {
            events.add(event);
        }
    }

    private static TimelineEvent of(JsonObject json) {
        String detail = json.has("detail") ? json.get("detail").getAsString() : "";
        return new TimelineEvent(json.get("at").getAsLong(), json.get("event").getAsString(), detail, figures(json));
    }

    private static Map<Figure, Long> figures(JsonObject json) {
        Map<Figure, Long> figures = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            JsonElement value = json.get(Timeline.nameInFile(figure));
            if (value != null) {
                figures.put(figure, Math.min(Math.max(0, value.getAsLong()), LATEST));
            }
        }
        return figures;
    }
}
