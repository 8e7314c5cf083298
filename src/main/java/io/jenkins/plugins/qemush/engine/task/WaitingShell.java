package io.jenkins.plugins.qemush.engine.task;

import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestShell;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A shell in the guest that waits for a script. To open a channel and to start a user's shell takes a guest under TCG
 * longer than a short command, so it is done before there is one.
 */
final class WaitingShell implements AutoCloseable {
    /** No byte more is read: what follows on the input is for the script. */
    private static final String READ_AND_RUN = "read -r qsh_size && eval \"$(head -c \"$qsh_size\")\"";

    private final TaskInput input = new TaskInput();
    private final Switch output = new Switch();
    private final ByteArrayOutputStream complaint = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final Thread thread;

    private WaitingShell(GuestShell shell, String user) {
        GuestCommand command = GuestCommand.inItsShell(READ_AND_RUN, user);
        thread = new Thread(
                () -> {
                    try (input) {
                        status.complete(shell.run(command, new GuestStreams(input, output, complaint)));
                    } catch (IOException | InterruptedException | RuntimeException e) {
                        // For whoever waits in run().
                        status.completeExceptionally(e);
                    }
                },
                "qemu-sh task shell");
        thread.setDaemon(true);
    }

    static WaitingShell start(GuestShell shell, String user) {
        WaitingShell waiting = new WaitingShell(shell, user);
        waiting.thread.start();
        return waiting;
    }

    /** Whether it can still be given a script, as far as is known. */
    boolean isWaiting() {
        return !status.isDone();
    }

    /**
     * Gives the script and waits for its end. An interrupt ends the script.
     *
     * @return the exit status
     * @throws IOException when the connection broke
     */
    int run(byte[] script, OutputStream to) throws IOException, InterruptedException {
        output.to = to;
        input.give((script.length + "\n").getBytes(StandardCharsets.US_ASCII), script);
        try {
            return status.get();
        } catch (InterruptedException e) {
            thread.interrupt();
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        }
    }

    /** Lets the script know that all it sent is here. */
    void arrived() {
        input.giveLast(new byte[] {'\n'});
    }

    /** What the script complained of. */
    String complaint() {
        return complaint.toString(StandardCharsets.UTF_8);
    }

    /** Ends a shell that was given nothing. */
    @Override
    public void close() {
        input.close();
    }

    /** Drops what comes before anybody reads. */
    private static final class Switch extends OutputStream {
        private volatile OutputStream to = OutputStream.nullOutputStream();

        @Override
        public void write(int one) throws IOException {
            to.write(one);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            to.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            to.flush();
        }
    }
}
