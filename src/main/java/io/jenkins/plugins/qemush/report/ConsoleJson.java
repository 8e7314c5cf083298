package io.jenkins.plugins.qemush.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.jenkins.plugins.qemush.engine.console.AnsiText;
import io.jenkins.plugins.qemush.engine.console.ConsoleLine;
import io.jenkins.plugins.qemush.engine.console.ConsolePage;

/**
 * A page of a console as the viewer in the browser wants it: text and the names of styles, never markup.
 *
 * <p>{@code lines}: of each its number {@code n}, verdict {@code v} if any and spans {@code s}, pairs of text and style;
 * {@code rest}: the spans of what is no whole line yet; {@code offset} and {@code line}: where to go on; {@code end}:
 * whether that is the end for now; {@code live}: whether more may come.
 */
final class ConsoleJson {
    private final AnsiText ansi = new AnsiText();

    private ConsoleJson() {}

    static JsonObject of(ConsolePage page, boolean live) {
        ConsoleJson writer = new ConsoleJson();
        JsonArray lines = new JsonArray();
        page.lines().forEach(line -> lines.add(writer.line(line)));
        JsonObject json = new JsonObject();
        json.add("lines", lines);
        json.add("rest", writer.spans(page.rest()));
        json.addProperty("offset", page.nextOffset());
        json.addProperty("line", page.nextLine());
        json.addProperty("end", page.atEnd());
        json.addProperty("live", live);
        return json;
    }

    private JsonObject line(ConsoleLine line) {
        JsonObject json = new JsonObject();
        json.addProperty("n", line.number());
        if (!line.verdict().isEmpty()) {
            json.addProperty("v", line.verdict());
        }
        json.add("s", spans(line.text()));
        return json;
    }

    private JsonArray spans(String text) {
        JsonArray spans = new JsonArray();
        for (AnsiText.Span span : ansi.spans(text)) {
            JsonArray pair = new JsonArray();
            pair.add(span.text());
            pair.add(span.style());
            spans.add(pair);
        }
        return spans;
    }
}
