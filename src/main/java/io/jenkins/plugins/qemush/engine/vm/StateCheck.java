package io.jenkins.plugins.qemush.engine.vm;

import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.warm.SavedState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Restores two machines from a new state, and compares what no two machines may have in common. */
record StateCheck(VmRequest request, SavedState state) {
    /** A line for each of {@link #NAMES}. */
    private static final String SECRETS =
            """
            od -An -v -tx1 -N32 /dev/urandom | tr -d ' \\n'; echo
            cat /proc/sys/kernel/random/uuid /proc/sys/kernel/random/boot_id
            """;

    private static final List<String> NAMES = List.of("random numbers", "UUID", "boot id");

    /**
     * What the two have in common.
     *
     * @throws IOException when one could not be restored
     */
    Optional<String> sharedByTwo() throws IOException, InterruptedException {
        List<String> first = secretsOfOne();
        List<String> second = secretsOfOne();
        if (first.size() != NAMES.size() || second.size() != NAMES.size()) {
            throw new IOException("a restored guest answered: " + first);
        }
        for (int i = 0; i < NAMES.size(); i++) {
            if (first.get(i).equals(second.get(i))) {
                return Optional.of(NAMES.get(i));
            }
        }
        return Optional.empty();
    }

    private List<String> secretsOfOne() throws IOException, InterruptedException {
        RunDirectory directory = StateSaving.hidden("check");
        VmRequest anonymous = request.anonymous("check");
        Timeline timeline = new Timeline(directory.events());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Vm vm = Vm.start(anonymous, directory, timeline, Optional.of(state), true)) {
            vm.awaitReachable();
            GuestStreams streams = GuestStreams.output(out, OutputStream.nullOutputStream());
            vm.run(GuestCommand.rootScript(SECRETS), streams);
        }
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
