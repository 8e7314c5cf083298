package io.jenkins.plugins.qemush.engine.standby;

import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.engine.supervisor.ControlClient;
import io.jenkins.plugins.qemush.engine.supervisor.Standby;
import io.jenkins.plugins.qemush.engine.supervisor.SupervisorLock;
import io.jenkins.plugins.qemush.engine.supervisor.VmState;
import io.jenkins.plugins.qemush.engine.vm.StateKey;
import io.jenkins.plugins.qemush.engine.vm.request.Access;
import io.jenkins.plugins.qemush.engine.vm.request.Limits;
import io.jenkins.plugins.qemush.engine.vm.request.Storage;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/**
 * The machines that stand by below one root, kept by {@link StandbyKeeper}s of whatever process.
 *
 * <p>Their names begin with what they are good for: the first digits of the fingerprint that a saved state would have.
 */
public record StandbyMachines(RunRoot root) {
    private static final int DIGITS = 12;

    /**
     * Takes one that is as the request wants it. Its run directory is the taker's from now on, and the request's limits
     * begin.
     *
     * @param ends whether the machine ends when this process does
     */
    public Optional<RunDirectory> take(VmRequest request, boolean ends) throws IOException, InterruptedException {
        // Most often there is none, and the key takes some work.
        boolean possible = !root.standing().isEmpty() && isUsual(request);
        Optional<StateKey> key = possible ? StateKey.of(request) : Optional.empty();
        if (key.isEmpty()) {
            return Optional.empty();
        }
        for (RunDirectory directory : standing(key.get())) {
            if (take(directory, ends, request.limits())) {
                return Optional.of(directory);
            }
        }
        return Optional.empty();
    }

    private static boolean take(RunDirectory directory, boolean ends, Limits limits)
            throws IOException, InterruptedException {
        try {
            return new ControlClient(directory).take(ends, limits);
        } catch (QemuShException e) {
            // It has ended meanwhile.
            System.getLogger(StandbyMachines.class.getName()).log(System.Logger.Level.DEBUG, "not taken", e);
            return false;
        }
    }

    /** Whether nothing is wanted that a machine cannot get any more once it runs. */
    private static boolean isUsual(VmRequest request) {
        return request.access().equals(Access.of(request.user()))
                && request.storage().equals(Storage.THROWN_AWAY)
                && request.limits().silence().equals(Limits.DEFAULT_SILENCE);
    }

    /** How many machines of an image can be taken now. */
    public int count(String image) throws IOException, InterruptedException {
        int count = 0;
        for (RunDirectory directory : root.standing()) {
            if (isReady(directory, image)) {
                count++;
            }
        }
        return count;
    }

    private static boolean isReady(RunDirectory directory, String image) throws IOException, InterruptedException {
        try {
            return VmRequest.of(directory).image().manifest().name().equals(image)
                    && new ControlClient(directory).state() == VmState.REACHABLE;
        } catch (QemuShException | NoSuchFileException e) {
            // It has ended meanwhile.
            System.getLogger(StandbyMachines.class.getName()).log(System.Logger.Level.DEBUG, "not counted", e);
            return false;
        }
    }

    /** Removes the run directories of those that ended with a process which had no time to do so. */
    public static void removeLeftIn(RunRoot root) throws IOException {
        for (RunDirectory directory : root.standing()) {
            if (!SupervisorLock.isHeld(directory) && Standby.isLeft(directory)) {
                directory.delete();
            }
        }
    }

    List<RunDirectory> standing(StateKey key) throws IOException {
        return root.standing().stream()
                .filter(directory -> directory.name().startsWith(prefix(key)))
                .toList();
    }

    static String prefix(StateKey key) {
        return "standby-" + key.machine().digest().substring(0, DIGITS) + "-";
    }
}
