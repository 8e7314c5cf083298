package io.jenkins.plugins.qemush.engine.vm.qemu;

import io.jenkins.plugins.qemush.engine.guest.ShellQuote;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A machine's QEMU command for people: the same guest without its supervisor. Pasted into a terminal, it boots there, with
 * the console on that terminal; the run directory and its sockets are not needed any more.
 *
 * @param commandLine as {@link QemuCommandLine} builds it
 */
public record CommandToPaste(List<String> commandLine) {
    /** What belongs to the supervisor begins so; the names are those of {@link QemuCommandLine}. */
    private static final Set<String> SUPERVISORS =
            Set.of("-chardev socket,id=console,", "-qmp unix:", "-blockdev driver=file,node-name=workspace-file,");

    private static final String WORKSPACE = "driver=raw,node-name=" + WorkspaceDevice.NODE + ",";

    /** The guest sees the same disks in the same order. This one is empty, as the machine's was. */
    private static final String EMPTY_WORKSPACE =
            "driver=null-co,node-name=" + WorkspaceDevice.NODE + ",size=512,read-zeroes=on";

    /** Ctrl-A x ends such a QEMU, Ctrl-A h tells more. */
    private static final String ON_TERMINAL = "mon:stdio";

    @Override
    public String toString() {
        List<String> words = new ArrayList<>(List.of(commandLine.get(0)));
        for (int i = 1; i < commandLine.size(); i++) {
            String option = commandLine.get(i);
            String value = i + 1 < commandLine.size() ? commandLine.get(i + 1) : "";
            if (isSupervisors(option, value)) {
                i++;
            } else if (option.equals("-serial") && value.equals("chardev:console")) {
                words.addAll(List.of(option, ON_TERMINAL));
                i++;
            } else if (option.equals("-blockdev") && value.startsWith(WORKSPACE)) {
                words.addAll(List.of(option, EMPTY_WORKSPACE));
                i++;
            } else {
                words.add(option);
            }
        }
        return ShellQuote.readable(words);
    }

    private boolean isSupervisors(String option, String value) {
        return SUPERVISORS.stream().anyMatch((option + " " + value)::startsWith)
                || option.equals("-blockdev") && value.startsWith(WORKSPACE) && !hasWorkspaceDevice();
    }

    /** A machine that has it plugged later boots without it. */
    private boolean hasWorkspaceDevice() {
        return commandLine.stream().anyMatch(word -> word.contains(",drive=" + WorkspaceDevice.NODE + ","));
    }
}
