package io.jenkins.plugins.qemush.engine.guest;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A lost connection is no success, and no obstacle to the next command. */
@Timeout(120)
class SshLossTest {
    private ConnectedShell shell;

    @BeforeEach
    void connect(@TempDir Path folder) throws Exception {
        shell = ConnectedShell.start(folder);
    }

    @AfterEach
    void disconnect() throws IOException {
        shell.close();
    }

    @Test
    void lostConnectionIsNeverSuccess() throws Exception {
        CompletableFuture<Integer> run = shell.startEndless("sleep 60");

        shell.server().dropConnections();

        assertThatThrownBy(run::get).isInstanceOf(ExecutionException.class).hasMessageContaining("lost");
    }

    @Test
    void closedChannelWithoutExitStatusIsNeverSuccess() throws Exception {
        CompletableFuture<Integer> run = shell.startEndless("sleep 60");

        shell.server().closeChannels();

        assertThatThrownBy(run::get)
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("before the command's exit status came");
    }

    @Test
    void commandAfterALostConnectionGetsANewOne() throws Exception {
        assertThat(shell.output("echo one")).isEqualTo("one\n");
        shell.server().dropConnections();
        await().until(() -> !shell.connection().isConnected());

        assertThat(shell.output("echo two")).isEqualTo("two\n");
        assertThat(shell.connection().isConnected()).isTrue();
    }

    @Test
    void serverThatFallsSilentRightBehindTheHandshakeIsGivenUp() throws Exception {
        SshEndpoint server = shell.server().endpoint();
        try (FreezingRelay relay = new FreezingRelay(server.port())) {
            SshEndpoint relayed =
                    new SshEndpoint(relay.port(), server.privateKey(), server.hostKey(), Duration.ofMillis(600));
            try (SshConnection connection = SshConnection.open(relayed, Duration.ofSeconds(20))) {
                relay.freeze();

                await().until(() -> !connection.isConnected());
            }
        }
    }

    @Test
    void closedConnectionStaysClosed() {
        shell.connection().close();

        assertThatThrownBy(() -> shell.run("true")).isInstanceOf(IOException.class);
        assertThat(shell.server().sessionsSeen()).isEqualTo(1);
    }
}
