package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.supervisor.ControlClient;
import io.jenkins.plugins.qemush.engine.supervisor.TerminalWindow;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * This process' terminal in raw mode, so that every key reaches the guest; given back as it was, whatever ends the
 * process short of SIGKILL. Without a terminal it does nothing.
 */
final class RawTerminal implements AutoCloseable, TerminalWindow {
    private static final int COLUMNS = 80;
    private static final int ROWS = 24;

    private final String saved;
    private volatile int columns;
    private volatile int rows;
    private final Thread hook = new Thread(this::restore, "qemu-sh terminal");

    private RawTerminal(String saved, int columns, int rows) {
        this.saved = saved;
        this.columns = columns;
        this.rows = rows;
    }

    /** Runs a command on a terminal of the guest's that this one shows. */
    static int run(ControlClient client, GuestCommand command) throws IOException, InterruptedException {
        String type = Optional.ofNullable(System.getenv("TERM")).orElse("vt100");
        try (RawTerminal terminal = enter()) {
            return client.terminal(
                    command,
                    type,
                    terminal,
                    new GuestStreams(StandardStreams.input(), StandardStreams.output(), StandardStreams.error()));
        }
    }

    private static RawTerminal enter() throws IOException, InterruptedException {
        if (System.console() == null) {
            return new RawTerminal("", COLUMNS, ROWS);
        }
        RawTerminal terminal = new RawTerminal(stty("-g"), COLUMNS, ROWS);
        terminal.measure();
        Runtime.getRuntime().addShutdownHook(terminal.hook);
        stty("raw", "-echo");
        return terminal;
    }

    private void measure() throws IOException, InterruptedException {
        String[] size = stty("size").split(" ");
        if (size.length == 2 && !size[0].equals("0")) {
            rows = Integer.parseInt(size[0]);
            columns = Integer.parseInt(size[1]);
        }
    }

    /**
     * Java tells signals only through {@code sun.misc.Signal}, a supported class of the module {@code jdk.unsupported}; the
     * compiler warns of its name.
     */
    @Override
    public void onResize(Runnable listener) {
        if (saved.isEmpty()) {
            return;
        }
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object resized = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            measure();
                            listener.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("WINCH"), resized);
        } catch (ReflectiveOperationException e) {
            // A Java without that module: the window keeps its first size in the guest.
            System.getLogger(RawTerminal.class.getName()).log(System.Logger.Level.DEBUG, "no sizes are told", e);
        }
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public int rows() {
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
