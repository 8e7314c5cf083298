package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.util.concurrent.atomic.AtomicBoolean;

/** What the user reads besides the command's own output: on stderr, coloured only on a terminal. */
final class Console {
    private final PrintStream err;
    private final boolean terminal = System.console() != null && System.getenv("NO_COLOR") == null;
    private final AtomicBoolean goingDown = new AtomicBoolean();
    private volatile int verbosity;

    Console(PrintStream err) {
        this.err = err;
    }

    void setVerbosity(int verbosity) {
        this.verbosity = verbosity;
    }

    int verbosity() {
        return verbosity;
    }

    PrintStream err() {
        return err;
    }

    /** Whether progress bars and colours make sense. */
    boolean isTerminal() {
        return terminal;
    }

    void info(String line) {
        err.println(coloured("36", "qemu-sh: ") + line);
    }

    /** Tells of what the exit code says nothing of. */
    void warn(String line) {
        err.println(coloured("33", "qemu-sh: warning: ") + line);
    }

    /** From now on nothing more is reported: the user has asked for the end. */
    void goDown() {
        goingDown.set(true);
    }

    /** Tells a failure: the cause, and what to do or the console around it. Returns the exit code. */
    int failure(Exception e) {
        if (goingDown.get()) {
            return Main.FAILED;
        }
        if (e instanceof QemuShException known) {
            err.println(coloured("31", "qemu-sh: ") + known.getMessage());
            err.println(known.help().indent(2).stripTrailing());
        } else if (e instanceof InterruptedException) {
            err.println(coloured("31", "qemu-sh: ") + "interrupted");
        } else if (e instanceof IOException) {
            err.println(coloured("31", "qemu-sh: ") + reason(e));
            err.println("  Run it again with -v to see where that comes from.");
        } else {
            err.println(coloured("31", "qemu-sh: ") + "this is a defect of qemu-sh: " + e);
            err.println("  Please report it with the output of -v.");
        }
        if (verbosity > 0) {
            e.printStackTrace(err);
        }
        return Main.FAILED;
    }

    /** Java's file exceptions have nothing but the path for a message. */
    private static String reason(Exception e) {
        String name = e.getClass().getSimpleName().replace("Exception", "");
        return e instanceof FileSystemException ? name + ": " + e.getMessage() : String.valueOf(e.getMessage());
    }

    private String coloured(String colour, String text) {
        return terminal ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
    }
}
