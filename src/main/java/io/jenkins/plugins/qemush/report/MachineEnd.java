package io.jenkins.plugins.qemush.report;

import io.jenkins.plugins.qemush.agent.MachineFailure;

/**
 * What became of a machine and its block; {@code end.json} in the build's folder.
 *
 * @param sentence the verdict, or the block's own failure
 * @param help the console around it, or the next step
 * @param guest whether the help is the guest's console
 */
public record MachineEnd(Kind kind, String sentence, String help, boolean guest) {
    /** How it ended. */
    public enum Kind {
        PASSED,
        /** The body's own doing, a failed command for instance. */
        FAILED,
        ABORTED,
        /** The machine's failure, or the host's. */
        CRASHED,
        /** The build ended the hard way, or a newer version wrote what this one does not know. */
        UNKNOWN
    }

    /** Values that another version did not write, or that this one does not know, come as null. */
    public MachineEnd {
        kind = kind == null ? Kind.UNKNOWN : kind;
        sentence = sentence == null ? "" : sentence;
        help = help == null ? "" : help;
    }

    public static MachineEnd passed() {
        return new MachineEnd(Kind.PASSED, "", "", false);
    }

    public static MachineEnd aborted() {
        return new MachineEnd(Kind.ABORTED, "", "", false);
    }

    public static MachineEnd failed(Throwable failure) {
        String message = failure.getMessage();
        return new MachineEnd(Kind.FAILED, message == null ? failure.toString() : message, "", false);
    }

    public static MachineEnd crashed(MachineFailure verdict) {
        return new MachineEnd(Kind.CRASHED, verdict.cause(), verdict.help(), verdict.guest());
    }
}
