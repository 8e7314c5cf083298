package io.jenkins.plugins.qemush.engine.failure;

/** The guest failed: it crashed, hung, or never came up. Carries the console around the moment. */
public final class GuestFailure extends QemuShException {
    private static final long serialVersionUID = 1L;

    private final String console;

    /**
     * @param verdict one sentence: what happened to the guest
     * @param console the lines of its console that tell of it; empty when it printed nothing
     */
    public GuestFailure(String verdict, String console) {
        this(verdict, console, null);
    }

    public GuestFailure(String verdict, String console, Throwable origin) {
        super(verdict, origin);
        this.console = console;
    }

    @Override
    public String help() {
        return console.isBlank() ? "The console shows nothing." : "The console around it:\n" + console.stripTrailing();
    }

    public String console() {
        return console;
    }
}
