package io.jenkins.plugins.qemush.engine.vm;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** QEMU's machine protocol, on its Unix socket (QEMU's docs/interop/qmp-spec). */
final class QmpClient implements AutoCloseable {
    private static final int ANSWER_SECONDS = 20;

    /** Stands in the queue for the end of the connection. */
    private static final JsonObject CLOSED = new JsonObject();

    private final SocketChannel channel;
    private final BufferedReader reader;
    private final BlockingQueue<JsonObject> answers = new LinkedBlockingQueue<>();

    private QmpClient(SocketChannel channel) {
        this.channel = channel;
        this.reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    }

    /**
     * Connects and leaves the protocol's negotiation behind.
     *
     * @param onEvent told of every event, on the client's own thread; must not block
     */
    static QmpClient connect(Path socket, Consumer<JsonObject> onEvent) throws IOException, InterruptedException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        QmpClient client = new QmpClient(channel);
        try {
            client.readLine();
            Thread thread = new Thread(
                    () -> client.read(onEvent),
                    "qemu-sh qmp " + socket.getParent().getFileName());
            thread.setDaemon(true);
            thread.start();
            client.execute("qmp_capabilities", new JsonObject());
            return client;
        } catch (IOException | InterruptedException e) {
            channel.close();
            throw e;
        }
    }

    private JsonObject readLine() throws IOException {
        String line = reader.readLine();
        if (line == null) {
            throw new IOException("QEMU closed its QMP socket");
        }
        return JsonParser.parseString(line).getAsJsonObject();
    }

    private void read(Consumer<JsonObject> onEvent) {
        try {
            while (true) {
                JsonObject message = readLine();
                if (message.has("event")) {
                    onEvent.accept(message);
                } else {
                    answers.add(message);
                }
            }
        } catch (IOException e) {
            answers.add(CLOSED);
        }
    }

    /** Runs a command without arguments. */
    JsonElement execute(String command) throws IOException, InterruptedException {
        return execute(command, new JsonObject());
    }

    /**
     * Runs a command.
     *
     * @return what QEMU returned
     * @throws IOException with QEMU's words when it refused, or when it does not answer
     */
    synchronized JsonElement execute(String command, JsonObject arguments) throws IOException, InterruptedException {
        JsonObject request = new JsonObject();
        request.addProperty("execute", command);
        request.add("arguments", arguments);
        ByteBuffer bytes = ByteBuffer.wrap((request + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        JsonObject answer = answers.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
        if (answer == null || answer == CLOSED) {
            throw new IOException("QEMU did not answer " + command);
        }
        if (answer.has("error")) {
            throw new IOException("QEMU refused " + command + ": "
                    + answer.getAsJsonObject("error").get("desc").getAsString());
        }
        return answer.get("return");
    }

    /** Runs a command of the human monitor, for what QMP has no command for. */
    String monitor(String command) throws IOException, InterruptedException {
        return execute("human-monitor-command", arguments(Map.of("command-line", command)))
                .getAsString();
    }

    /** The run state, {@code running} or {@code io-error} for instance (QAPI RunState). */
    String status() throws IOException, InterruptedException {
        return execute("query-status").getAsJsonObject().get("status").getAsString();
    }

    static JsonObject arguments(Map<String, Object> values) {
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
        channel.close();
    }
}
