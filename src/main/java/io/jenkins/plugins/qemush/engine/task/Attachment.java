package io.jenkins.plugins.qemush.engine.task;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestShell;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** One connection to a task: what comes from the guest is appended to the files of the control directory. */
final class Attachment implements TaskStream.Receiver {
    private final ControlDirectory control;
    private final Runnable onLaunched;
    private final GuestShell shell;
    private final String user;
    private final TaskInput input = new TaskInput();
    private final ByteArrayOutputStream complaint = new ByteArrayOutputStream();
    private volatile boolean launched;
    private volatile boolean output;
    private volatile TaskEnd end;

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
     * Runs the script until the task's end.
     *
     * @param script for the guest; see {@link TaskScript}
     * @param marker the one in the script
     * @throws IOException when the connection broke
     */
    TaskEnd run(String script, String marker) throws IOException, InterruptedException {
        GuestCommand command = GuestCommand.inItsShell(script, user);
        try (input) {
            int status = shell.run(command, new GuestStreams(input, new TaskStream(marker, this), complaint));
            return end != null ? end : refused(status);
        } catch (IOException e) {
            // Once the result is here, the connection has served.
            if (end != null) {
                return end;
            }
            throw e;
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
                end = result(words.length > 1 ? words[1].strip() : "");
                input.giveLast(new byte[] {'\n'});
            }
            case "lost" ->
                end = TaskEnd.failed(new GuestFailure(
                        "The command's processes vanished from the guest without leaving a result.", ""));
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
