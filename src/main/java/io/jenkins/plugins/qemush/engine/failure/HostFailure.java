package io.jenkins.plugins.qemush.engine.failure;

/** Something on this side of the machine is wrong: the request, a file, a missing program, a full disk. */
public final class HostFailure extends QemuShException {
    private static final long serialVersionUID = 1L;

    private final String nextStep;

    /**
     * @param cause one sentence: what is wrong
     * @param nextStep one sentence: what the user can do about it
     */
    public HostFailure(String cause, String nextStep) {
        this(cause, nextStep, null);
    }

    public HostFailure(String cause, String nextStep, Throwable origin) {
        super(cause, origin);
        this.nextStep = nextStep;
    }

    @Override
    public String help() {
        return nextStep;
    }
}
