package io.jenkins.plugins.qemush.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * This process' terminal in raw mode, so that every key reaches the guest; given back as it was, whatever ends the
 * process short of SIGKILL. Without a terminal it does nothing.
 */
final class RawTerminal implements AutoCloseable {
    private static final int COLUMNS = 80;
    private static final int ROWS = 24;

    private final String saved;
    private final int columns;
    private final int rows;
    private final Thread hook = new Thread(this::restore, "qemu-sh terminal");

    private RawTerminal(String saved, int columns, int rows) {
        this.saved = saved;
        this.columns = columns;
        this.rows = rows;
    }

    static RawTerminal enter() throws IOException, InterruptedException {
        if (System.console() == null) {
            return new RawTerminal("", COLUMNS, ROWS);
        }
        String[] size = stty("size").split(" ");
        boolean known = size.length == 2 && !size[0].equals("0");
        RawTerminal terminal = new RawTerminal(
                stty("-g"), known ? Integer.parseInt(size[1]) : COLUMNS, known ? Integer.parseInt(size[0]) : ROWS);
        Runtime.getRuntime().addShutdownHook(terminal.hook);
        stty("raw", "-echo");
        return terminal;
    }

    int columns() {
        return columns;
    }

    int rows() {
        return rows;
    }

    private static String stty(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "stty";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process stty = new ProcessBuilder(command)
                .redirectInput(new File("/dev/tty"))
                .redirectErrorStream(true)
                .start();
        String output = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        stty.waitFor();
        return output.strip();
    }

    private void restore() {
        try {
            if (!saved.isEmpty()) {
                stty(saved);
            }
        } catch (IOException e) {
            System.err.println("qemu-sh: the terminal could not be restored; type: stty sane");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        restore();
        if (!saved.isEmpty()) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
