package io.jenkins.plugins.qemush.engine.vm.qemu;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.jenkins.plugins.qemush.engine.path.PathParts;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * QEMU's machine protocol, on its Unix socket (QEMU's docs/interop/qmp-spec). Safe for use by several threads at once.
 *
 * <p>Writes are made on a thread of their own: an interrupt of the caller would close the channel for all.
 */
public final class QmpClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SocketChannel channel;
    private final ExecutorService writer;
    private final Map<Long, CompletableFuture<JsonObject>> pending = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();
    private volatile boolean ended;

    private QmpClient(SocketChannel channel, String name) {
        this.channel = channel;
        this.writer = Executors.newSingleThreadExecutor(task -> daemon(task, "qemu-sh qmp writer " + name));
    }

    /**
     * Connects and leaves the protocol's negotiation behind.
     *
     * @param onEvent told of every event, on the client's own thread; must not block
     */
    public static QmpClient connect(Path socket, Consumer<JsonObject> onEvent)
            throws IOException, InterruptedException {
        String name = PathParts.name(PathParts.folder(socket)).toString();
        QmpClient client = new QmpClient(SocketChannel.open(UnixDomainSocketAddress.of(socket)), name);
        daemon(() -> client.read(onEvent), "qemu-sh qmp " + name).start();
        try {
            client.execute("qmp_capabilities");
            return client;
        } catch (IOException | InterruptedException e) {
            client.close();
            throw e;
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private void read(Consumer<JsonObject> onEvent) {
        try (BufferedReader reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                JsonObject message = JsonParser.parseString(line).getAsJsonObject();
                if (message.has("event")) {
                    onEvent.accept(message);
                } else if (message.has("id")) {
                    answered(message);
                }
                // What is left is the greeting.
            }
        } catch (IOException | JsonParseException | IllegalStateException e) {
            System.getLogger(QmpClient.class.getName()).log(System.Logger.Level.DEBUG, "no more from QMP", e);
        }
        ended = true;
        pending.values().forEach(answer -> answer.completeExceptionally(new IOException("QEMU closed its QMP socket")));
    }

    private void answered(JsonObject message) {
        CompletableFuture<JsonObject> waiting = pending.remove(message.get("id").getAsLong());
        if (waiting != null) {
            waiting.complete(message);
        }
    }

    /** Runs a command without arguments. */
    public JsonElement execute(String command) throws IOException, InterruptedException {
        return execute(command, new JsonObject(), PATIENCE);
    }

    /** Runs a command. */
    public JsonElement execute(String command, JsonObject arguments) throws IOException, InterruptedException {
        return execute(command, arguments, PATIENCE);
    }

    /**
     * Runs a command.
     *
     * @return what QEMU returned
     * @throws IOException with QEMU's words when it refused, or when it does not answer
     */
    public JsonElement execute(String command, JsonObject arguments, Duration patience)
            throws IOException, InterruptedException {
        long id = lastId.incrementAndGet();
        JsonObject request = new JsonObject();
        request.addProperty("execute", command);
        request.add("arguments", arguments);
        request.addProperty("id", id);
        CompletableFuture<JsonObject> waiting = new CompletableFuture<>();
        pending.put(id, waiting);
        try {
            writer.execute(() -> write(request + "\n", waiting));
            // QEMU may have answered and gone already.
            if (ended && !waiting.isDone()) {
                throw new IOException("QEMU closed its QMP socket");
            }
            JsonObject answer = waiting.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (answer.has("error")) {
                throw new IOException("QEMU refused " + command + ": "
                        + answer.getAsJsonObject("error").get("desc").getAsString());
            }
            return answer.get("return");
        } catch (TimeoutException | RejectedExecutionException e) {
            throw new IOException("QEMU did not answer " + command, e);
        } catch (ExecutionException e) {
            throw new IOException(
                    "QEMU did not answer " + command + ": " + e.getCause().getMessage(), e);
        } finally {
            pending.remove(id);
        }
    }

    private void write(String text, CompletableFuture<JsonObject> waiting) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            waiting.completeExceptionally(e);
        }
    }

    /** Runs a command of the human monitor, for what QMP has no command for. */
    public String monitor(String command) throws IOException, InterruptedException {
        return execute("human-monitor-command", arguments(Map.of("command-line", command)))
                .getAsString();
    }

    /** The run state, {@code running} or {@code io-error} for instance (QAPI RunState). */
    public String status(Duration patience) throws IOException, InterruptedException {
        return execute("query-status", new JsonObject(), patience)
                .getAsJsonObject()
                .get("status")
                .getAsString();
    }

    /** QEMU's version, as {@code 8.2.2}. */
    public String version() throws IOException, InterruptedException {
        JsonObject version = execute("query-version").getAsJsonObject().getAsJsonObject("qemu");
        return version.get("major") + "." + version.get("minor") + "." + version.get("micro");
    }

    public static JsonObject arguments(Map<String, Object> values) {
        JsonObject json = new JsonObject();
        values.forEach((name, value) -> {
            if (value instanceof Number number) {
                json.addProperty(name, number);
            } else {
                json.addProperty(name, value.toString());
            }
        });
        return json;
    }

    @Override
    public void close() throws IOException {
        writer.shutdownNow();
        channel.close();
    }
}
