package io.jenkins.plugins.qemush.engine.task;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestShell;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.guest.MarkedStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** One connection to a task: what comes from the guest is appended to the files of the control directory. */
final class Attachment implements MarkedStream.Receiver {
    private final ControlDirectory control;
    private final Runnable onLaunched;
    private final GuestShell shell;
    private final String user;
    private final TaskInput input = new TaskInput();
    private final ByteArrayOutputStream complaint = new ByteArrayOutputStream();
    private volatile boolean launched;
    private volatile boolean output;
    private final CompletableFuture<TaskEnd> end = new CompletableFuture<>();

    /**
     * @param user whom the task runs as
     * @param onLaunched told when the guest says that the task was launched
     */
    Attachment(ControlDirectory control, GuestShell shell, String user, Runnable onLaunched) {
        this.control = control;
        this.shell = shell;
        this.user = user;
        this.onLaunched = onLaunched;
    }

    /**
     * Runs the script until the task's end. The connection may then still be about to close: nobody has to wait for that.
     *
     * @param script for the guest; see {@link TaskScript}
     * @param marker the one in the script
     * @throws IOException when the connection broke
     */
    TaskEnd run(String script, String marker) throws IOException, InterruptedException {
        Thread connection = new Thread(() -> connect(script, marker), "qemu-sh task connection");
        connection.setDaemon(true);
        connection.start();
        try {
            return end.get();
        } catch (InterruptedException e) {
            connection.interrupt();
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        }
    }

    private void connect(String script, String marker) {
        GuestCommand command = GuestCommand.inItsShell(script, user).inSharedShell();
        try (input) {
            int status = shell.run(command, new GuestStreams(input, new MarkedStream(marker, this), complaint));
            end.complete(refused(status));
        } catch (IOException | InterruptedException | RuntimeException e) {
            // For run(), unless the result has come before.
            end.completeExceptionally(e);
        }
    }

    private TaskEnd refused(int status) {
        String said = complaint.toString(StandardCharsets.UTF_8).strip();
        String reason = said.isEmpty() ? "exit status " + status : said;
        String what = launched ? "follow" : "launch";
        return TaskEnd.failed(new GuestFailure("The guest could not " + what + " the command: " + reason, ""));
    }

    /** Whether the guest was reached. */
    boolean wasHeard() {
        return launched;
    }

    @Override
    public void bytes(byte[] bytes, int offset, int length) throws IOException {
        if (output) {
            control.appendOutput(bytes, offset, length);
        } else if (launched) {
            control.appendLog(bytes, offset, length);
        }
    }

    @Override
    public void line(String line) throws IOException {
        String[] words = line.split(" ", 2);
        switch (words[0]) {
            case "launched" -> {
                launched = true;
                control.touchLog();
                onLaunched.run();
            }
            case "alive" -> control.touchLog();
            case "output" -> output = true;
            case "result" -> {
                input.giveLast(new byte[] {'\n'});
                end.complete(result(words.length > 1 ? words[1].strip() : ""));
            }
            case "lost" ->
                end.complete(TaskEnd.failed(new GuestFailure(
                        "The command's processes vanished from the guest without leaving a result.", "")));
            default -> throw new IOException("unexpected line from the guest: " + line);
        }
    }

    private static TaskEnd result(String status) {
        try {
            return TaskEnd.withStatus(Integer.parseInt(status));
        } catch (NumberFormatException e) {
            return TaskEnd.failed(
                    new GuestFailure("The command left a result that is no number: \"" + status + "\".", "", e));
        }
    }
}
