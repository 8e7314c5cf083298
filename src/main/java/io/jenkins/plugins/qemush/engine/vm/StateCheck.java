package io.jenkins.plugins.qemush.engine.vm;

import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import io.jenkins.plugins.qemush.engine.warm.SavedState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * Restores two machines from a new state, compares what no two machines may have in common, and sees whether it is worth
 * while.
 */
record StateCheck(VmRequest request, SavedState state) {
    /**
     * UUID and boot id, then random numbers, a line each. Of two guests that go on with the same seed one may be some draws
     * ahead, so many are compared: a read of 32 bytes or less is one draw (drivers/char/random.c, get_random_bytes_user).
     */
    private static final String SECRETS =
            """
            cat /proc/sys/kernel/random/uuid /proc/sys/kernel/random/boot_id
            dd if=/dev/urandom bs=32 count=64 2>/dev/null | od -An -v -tx1
            """;

    private static final int LINES = 2 + 64 * 32 / 16 + 1;

    /**
     * Why a state is of no use.
     *
     * @param byChance whether a loaded host may be the reason
     */
    record Flaw(String reason, boolean byChance) {}

    /**
     * What is wrong with the state, if anything.
     *
     * @throws IOException when a machine could not be restored
     */
    Optional<Flaw> flaw() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        List<String> first = secretsOfOne();
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        List<String> second = secretsOfOne();
        if (first.size() != LINES || second.size() != LINES) {
            throw new IOException("a restored guest answered: " + first);
        }
        if (first.stream().anyMatch(second::contains)) {
            return Optional.of(new Flaw("two restored machines have random numbers in common", false));
        }
        return slowness(taken);
    }

    /**
     * A machine that was saved in the moment of a timer's interrupt may have lost it, and wait for the next round of its
     * clock: QEMU does not save the timer of MIPS (target/mips/machine.c), which goes round in 10 s.
     */
    private Optional<Flaw> slowness(Duration taken) {
        long boot = state.manifest().bootMillis();
        return taken.toMillis() < boot
                ? Optional.empty()
                : Optional.of(new Flaw("a restored machine takes " + taken.toMillis() + " ms, a boot " + boot, true));
    }

    /** The first random number that a restored machine drew, before anything else could: whatever follows is fresher. */
    private static String firstNumber(RunDirectory directory) throws IOException {
        Matcher awake = Restore.AWAKE.matcher(Files.readString(directory.consoleLog(), StandardCharsets.ISO_8859_1));
        return awake.find() ? awake.group(1) : "";
    }

    private List<String> secretsOfOne() throws IOException, InterruptedException {
        RunDirectory directory = RunRoot.ofUser().createHidden("check");
        VmRequest anonymous = request.anonymous("check");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Vm vm = Vm.create(anonymous, directory, true)) {
            vm.begin(Optional.of(state));
            vm.awaitReachable();
            GuestStreams streams = GuestStreams.output(out, OutputStream.nullOutputStream());
            vm.run(GuestCommand.rootScript(SECRETS), streams);
            out.writeBytes(firstNumber(directory).getBytes(StandardCharsets.UTF_8));
        }
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
