package io.jenkins.plugins.qemush.engine.vm.run;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonParseException;
import com.google.gson.JsonSerializer;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** Records as JSON, for the files of a run directory and the frames of its control socket. */
public final class EngineJson {
    private static final Gson GSON = new GsonBuilder()
            .registerTypeHierarchyAdapter(
                    Path.class, (JsonSerializer<Path>) (path, type, context) -> context.serialize(path.toString()))
            .registerTypeHierarchyAdapter(
                    Path.class, (JsonDeserializer<Path>) (json, type, context) -> Path.of(json.getAsString()))
            .registerTypeAdapter(Duration.class, (JsonSerializer<Duration>)
                    (time, type, context) -> context.serialize(time.toMillis()))
            .registerTypeAdapter(Duration.class, (JsonDeserializer<Duration>)
                    (json, type, context) -> Duration.ofMillis(json.getAsLong()))
            .registerTypeAdapterFactory(OptionalAdapter.FACTORY)
            .serializeNulls()
            .create();

    private EngineJson() {}

    public static String toJson(Object value) {
        return GSON.toJson(value);
    }

    public static <T> T fromJson(String json, Class<T> type) throws HostFailure {
        try {
            return GSON.fromJson(json, type);
        } catch (JsonParseException e) {
            throw new HostFailure(
                    "A message between parts of qemu-sh cannot be read: " + e.getMessage(),
                    "Do not mix versions of qemu-sh; end the machine and start it again.",
                    e);
        }
    }

    /** Writes a file that is either whole or not there. */
    public static void write(Path file, Object value) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, toJson(value) + "\n");
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    public static <T> T read(Path file, Class<T> type) throws IOException {
        return fromJson(Files.readString(file), type);
    }
}
