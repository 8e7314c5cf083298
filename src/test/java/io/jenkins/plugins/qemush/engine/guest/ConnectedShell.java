package io.jenkins.plugins.qemush.engine.guest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** A server and the connection to it, to run scripts over. */
record ConnectedShell(ShellServer server, SshConnection connection) implements AutoCloseable {
    static ConnectedShell start(Path folder) throws Exception {
        ShellServer server = ShellServer.start(folder);
        return new ConnectedShell(server, server.connect());
    }

    static GuestStreams nowhere() {
        return GuestStreams.output(OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
    }

    int run(String script) throws IOException, InterruptedException {
        return run(script, nowhere());
    }

    int run(String script, GuestStreams streams) throws IOException, InterruptedException {
        List<String> arguments = List.of("sh", "-c", script);
        return connection.run(new GuestCommand(arguments, GuestCommand.ROOT, Map.of(), Optional.of("/")), streams);
    }

    String output(String script) throws IOException, InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        run(script, GuestStreams.output(out, OutputStream.nullOutputStream()));
        return out.toString(UTF_8);
    }

    /** Starts a command that says so and then does not end; the future is its run. */
    CompletableFuture<Integer> startEndless(String script) throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        OutputStream out = new OutputStream() {
            @Override
            public void write(int b) {
                started.countDown();
            }
        };
        CompletableFuture<Integer> run = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                run.complete(run("echo started; " + script, GuestStreams.output(out, OutputStream.nullOutputStream())));
            } catch (IOException | InterruptedException e) {
                run.completeExceptionally(e);
            }
        });
        thread.start();
        run.whenComplete((status, failure) -> thread.interrupt());
        started.await();
        return run;
    }

    @Override
    public void close() throws IOException {
        connection.close();
        server.close();
    }
}
