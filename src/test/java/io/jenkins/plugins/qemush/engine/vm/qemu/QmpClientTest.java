package io.jenkins.plugins.qemush.engine.vm.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jenkins.plugins.qemush.testing.UnixServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class QmpClientTest {
    private static final String GREETING = "{\"QMP\": {\"version\": {}, \"capabilities\": []}}\n";
    private static final Duration SHORT = Duration.ofMillis(200);

    @TempDir
    private Path folder;

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    private UnixServer qemu(UnixServer.Play afterNegotiation) throws IOException {
        return UnixServer.start(folder.resolve("qmp.sock"), peer -> {
            peer.say(GREETING);
            answer(peer, "{}");
            afterNegotiation.run(peer);
        });
    }

    private static JsonObject answer(UnixServer.Peer peer, String value) throws IOException {
        JsonObject request = JsonParser.parseString(peer.hear()).getAsJsonObject();
        peer.say("{\"return\": " + value + ", \"id\": " + request.get("id") + "}\n");
        return request;
    }

    private QmpClient connect(UnixServer qemu) throws IOException, InterruptedException {
        return QmpClient.connect(
                qemu.path(), event -> events.add(event.get("event").getAsString()));
    }

    @Test
    void commandsAreAnsweredThoughEventsComeBetween() throws Exception {
        CompletableFuture<JsonObject> asked = new CompletableFuture<>();
        try (UnixServer qemu = qemu(peer -> {
                    peer.say("{\"event\": \"RESUME\"}\n{\"event\": \"RTC_CHANGE\"}\n");
                    asked.complete(answer(peer, "{\"status\": \"running\"}"));
                });
                QmpClient client = connect(qemu)) {
            assertThat(client.status(Duration.ofSeconds(20))).isEqualTo("running");
            assertThat(asked.get().get("execute").getAsString()).isEqualTo("query-status");
            assertThat(events.take()).isEqualTo("RESUME");
            assertThat(events.take()).isEqualTo("RTC_CHANGE");
        }
    }

    @Test
    void refusalCarriesQemusWords() throws Exception {
        try (UnixServer qemu = qemu(peer -> {
                    JsonObject request = JsonParser.parseString(peer.hear()).getAsJsonObject();
                    peer.say("{\"error\": {\"class\": \"GenericError\", \"desc\": \"no such node\"}, \"id\": "
                            + request.get("id") + "}\n");
                });
                QmpClient client = connect(qemu)) {
            assertThatThrownBy(() -> client.execute("block_resize"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("refused block_resize: no such node");
        }
    }

    @Test
    void lateAnswerIsNotTakenForTheNextCommands() throws Exception {
        try (UnixServer qemu = qemu(peer -> {
                    JsonObject first = JsonParser.parseString(peer.hear()).getAsJsonObject();
                    JsonObject second = JsonParser.parseString(peer.hear()).getAsJsonObject();
                    peer.say("{\"return\": \"first\", \"id\": " + first.get("id") + "}\n");
                    peer.say("{\"return\": \"second\", \"id\": " + second.get("id") + "}\n");
                });
                QmpClient client = connect(qemu)) {
            assertThatThrownBy(() -> client.execute("slow", new JsonObject(), SHORT))
                    .hasMessageContaining("did not answer slow");

            assertThat(client.execute("next").getAsString()).isEqualTo("second");
        }
    }

    @Test
    void closedSocketFailsThisCommandAndTheNextAtOnce() throws Exception {
        try (UnixServer qemu = qemu(UnixServer.Peer::hear);
                QmpClient client = connect(qemu)) {
            assertThatThrownBy(() -> client.execute("one")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> client.execute("two")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatIsNoJsonEndsTheConnection() throws Exception {
        try (UnixServer qemu = qemu(peer -> {
                    peer.hear();
                    peer.say("qemu: fatal error\n");
                    peer.hear();
                });
                QmpClient client = connect(qemu)) {
            assertThatThrownBy(() -> client.execute("one")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void interruptedCommandLeavesTheConnectionToOthers() throws Exception {
        try (UnixServer qemu = qemu(peer -> {
                    peer.hear();
                    answer(peer, "\"well\"");
                });
                QmpClient client = connect(qemu)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> client.execute("one")).isInstanceOf(InterruptedException.class);

            assertThat(client.execute("two").getAsString()).isEqualTo("well");
        }
    }
}
