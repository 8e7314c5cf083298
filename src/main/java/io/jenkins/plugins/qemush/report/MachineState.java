package io.jenkins.plugins.qemush.report;

import java.util.Optional;

/**
 * How a machine is shown: a symbol, a style, and what to say when there is no more to say.
 *
 * @param symbol one of Jenkins' own
 */
public record MachineState(String name, String symbol, String style, String sentence) {

    /**
     * The state of a machine.
     *
     * @param end empty while its block goes on, or when nobody could write it down
     * @param building whether the build goes on
     * @param present whether it has a run directory
     */
    public static MachineState of(Optional<MachineEnd> end, boolean building, boolean present) {
        if (end.isPresent() || !building) {
            return of(end.map(MachineEnd::kind).orElse(MachineEnd.Kind.UNKNOWN));
        }
        return present
                ? new MachineState(
                        Messages.MachineState_running(),
                        "symbol-status-blue-anime",
                        "running",
                        Messages.MachineState_runs())
                : new MachineState(
                        Messages.MachineState_waiting(),
                        "symbol-status-nobuilt-anime",
                        "skipped",
                        Messages.MachineState_waits());
    }

    private static MachineState of(MachineEnd.Kind kind) {
        return switch (kind) {
            case PASSED ->
                new MachineState(
                        Messages.MachineState_passed(),
                        "symbol-status-blue",
                        "success",
                        Messages.MachineState_hasPassed());
            case FAILED ->
                new MachineState(
                        Messages.MachineState_failed(),
                        "symbol-status-red",
                        "error",
                        Messages.MachineState_hasFailed());
            case ABORTED ->
                new MachineState(
                        Messages.MachineState_aborted(),
                        "symbol-status-aborted",
                        "skipped",
                        Messages.MachineState_wasAborted());
            case CRASHED ->
                new MachineState(
                        Messages.MachineState_crashed(),
                        "symbol-status-red",
                        "error",
                        Messages.MachineState_hasCrashed());
            case UNKNOWN ->
                new MachineState(
                        Messages.MachineState_unknown(),
                        "symbol-status-nobuilt",
                        "skipped",
                        Messages.MachineState_isUnknown());
        };
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
