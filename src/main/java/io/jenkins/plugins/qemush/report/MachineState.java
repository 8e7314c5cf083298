package io.jenkins.plugins.qemush.report;

import java.util.Map;
import java.util.Optional;

/**
 * How a machine is shown: a symbol, a style, and what to say when there is no more to say.
 *
 * @param symbol one of Jenkins' own
 */
public record MachineState(String name, String symbol, String style, String sentence) {
    private static final Map<MachineEnd.Kind, MachineState> ENDED = Map.of(
            MachineEnd.Kind.PASSED,
            new MachineState("passed", "symbol-status-blue", "success", "The block succeeded."),
            MachineEnd.Kind.FAILED,
            new MachineState("failed", "symbol-status-red", "error", "The block failed."),
            MachineEnd.Kind.ABORTED,
            new MachineState("aborted", "symbol-status-aborted", "skipped", "The block was aborted."),
            MachineEnd.Kind.CRASHED,
            new MachineState("crashed", "symbol-status-red", "error", "The machine failed."),
            MachineEnd.Kind.UNKNOWN,
            new MachineState("unknown", "symbol-status-nobuilt", "skipped", "How it ended is not known."));

    private static final MachineState WAITING =
            new MachineState("waiting", "symbol-status-nobuilt-anime", "skipped", "It waits for its turn.");

    private static final MachineState RUNNING =
            new MachineState("running", "symbol-status-blue-anime", "running", "It runs.");

    /**
     * The state of a machine.
     *
     * @param end empty while its block goes on, or when nobody could write it down
     * @param building whether the build goes on
     * @param present whether it has a run directory
     */
    public static MachineState of(Optional<MachineEnd> end, boolean building, boolean present) {
        if (end.isPresent() || !building) {
            return ENDED.get(end.map(MachineEnd::kind).orElse(MachineEnd.Kind.UNKNOWN));
        }
        return present ? RUNNING : WAITING;
    }

    public String getName() {
        return name;
    }

    public String getSymbol() {
        return symbol;
    }

    public String getStyle() {
        return style;
    }
}
