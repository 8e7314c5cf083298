package io.jenkins.plugins.qemush.engine.vm.run;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * When what happened to a machine. Kept in memory and, a JSON object a line, in {@code events.jsonl}: {@code at} (epoch
 * milliseconds), {@code seconds} since the request, {@code event}, {@code detail} for people, and the {@link Figure}s that
 * the event has. Kinds and figures are written in lower case.
 */
public final class Timeline {
    /** What can happen; the names are those of the file. */
    public enum Kind {
        REQUESTED,
        /** For memory of the host, as the detail tells. */
        WAITING,
        QEMU_STARTED,
        /** Instead of a boot; the detail says what it saved. */
        RESTORED,
        /** No machine could be restored, as the detail tells: this one is booted. */
        BOOTED_INSTEAD,
        KERNEL,
        /** Something that whoever waits should know, as the detail tells. */
        NOTICE,
        READY,
        LOGIN,
        SSH,
        /** It can be taken now. */
        STANDS_BY,
        /** It stood by until now. */
        TAKEN,
        FILES_IN,
        FILES_OUT,
        COMMAND,
        COMMAND_END,
        FAILED,
        STOPPING,
        GONE
    }

    /** What an event says in numbers. */
    public enum Figure {
        /** Which command began or ended. */
        ID,
        /** The exit status of a command; a command without one has no such figure. */
        STATUS,
        /** Files, links and folders that were written. */
        ENTRIES,
        /** Entries that were removed. */
        DELETED,
        BYTES,
        /** How long it took. The event is its end. */
        MILLIS
    }

    /** One entry. */
    public record Event(Instant at, Duration sinceRequest, Kind kind, String detail, Map<Figure, Long> figures) {}

    private final Path file;
    private final Instant requested = Instant.now();
    private final long requestedNanos = System.nanoTime();
    private final List<Event> events = new ArrayList<>();

    public Timeline(Path file) {
        this.file = file;
        add(Kind.REQUESTED, "");
    }

    /** Adds an event that happens now. */
    public void add(Kind kind, String detail) {
        add(kind, detail, Map.of());
    }

    /** Adds an event that happens now, with its figures. */
    public synchronized void add(Kind kind, String detail, Map<Figure, Long> figures) {
        Duration since = Duration.ofNanos(System.nanoTime() - requestedNanos);
        Event event = new Event(requested.plus(since), since, kind, detail, Map.copyOf(figures));
        events.add(event);
        try {
            Files.writeString(file, line(event), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            // The run directory goes away last; a timeline that cannot be written must not end the machine.
            System.getLogger(Timeline.class.getName()).log(System.Logger.Level.DEBUG, "event not written", e);
        }
    }

    private static String line(Event event) {
        JsonObject json = new JsonObject();
        json.addProperty("at", event.at().toEpochMilli());
        json.addProperty("seconds", event.sinceRequest().toMillis() / 1000.0);
        json.addProperty("event", nameInFile(event.kind()));
        json.addProperty("detail", event.detail());
        event.figures().forEach((figure, value) -> json.addProperty(nameInFile(figure), value));
        return json + "\n";
    }

    /** How a kind or a figure is called in the file. */
    public static String nameInFile(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    public synchronized List<Event> events() {
        return List.copyOf(events);
    }
}
