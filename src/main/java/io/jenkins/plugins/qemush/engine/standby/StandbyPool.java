package io.jenkins.plugins.qemush.engine.standby;

import io.jenkins.plugins.qemush.engine.supervisor.ControlClient;
import io.jenkins.plugins.qemush.engine.supervisor.Standby;
import io.jenkins.plugins.qemush.engine.supervisor.SupervisorLauncher;
import io.jenkins.plugins.qemush.engine.supervisor.SupervisorLock;
import io.jenkins.plugins.qemush.engine.vm.StateKey;
import io.jenkins.plugins.qemush.engine.vm.request.Limits;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import io.jenkins.plugins.qemush.engine.warm.WarmMode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** The machines of one kind that this process keeps standing by. They end with it. */
final class StandbyPool {
    private static final Duration END = Duration.ofSeconds(30);

    private final RunRoot root;
    private final Consumer<String> log;
    private final List<RunDirectory> own = new ArrayList<>();
    private Optional<VmRequest> request = Optional.empty();
    private Optional<StateKey> key = Optional.empty();

    /** @param log takes a line when something goes wrong */
    StandbyPool(RunRoot root, Consumer<String> log) {
        this.root = root;
        this.log = log;
    }

    /** What is wanted from now on, of the image and the QEMU as they are now; what would not be taken any more is ended. */
    void want(VmRequest wanted) throws IOException, InterruptedException {
        VmRequest restored = wanted.with(WarmMode.AUTO);
        Optional<StateKey> now = StateKey.of(restored);
        if (!now.equals(key)) {
            reduceTo(0);
        }
        request = Optional.of(restored);
        key = now;
    }

    /** The machine that is wanted, and which saved state it is restored from; empty when none can be. */
    Optional<StateKey> key() {
        return key;
    }

    int size() {
        return own.size();
    }

    /**
     * Those that were taken, or have ended.
     *
     * @return whether there were any
     */
    boolean forgetGone() throws IOException, InterruptedException {
        int before = own.size();
        for (Iterator<RunDirectory> each = own.iterator(); each.hasNext(); ) {
            RunDirectory directory = each.next();
            if (!RunRoot.isStandby(directory)) {
                each.remove();
            } else if (!SupervisorLock.isHeld(directory)) {
                each.remove();
                directory.delete();
            }
        }
        return own.size() < before;
    }

    /**
     * Makes one more, of the kind that was wanted last. Takes as long as a machine needs to be restored.
     *
     * @return false when that failed, as the log tells
     */
    boolean makeOne() throws IOException, InterruptedException {
        String name = StandbyMachines.prefix(key.orElseThrow())
                + Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36, 36 * 36 * 36 * 36), 36);
        RunDirectory directory = root.create(name);
        try {
            Standby.mark(directory);
            VmRequest wanted = request.orElseThrow().anonymous(name).with(WarmMode.AUTO);
            SupervisorLauncher.likeThisProcess().launch(wanted, directory);
            new ControlClient(directory).awaitReachable();
            own.add(directory);
            return true;
        } catch (IOException e) {
            log.accept("no machine stands by: " + e.getMessage());
            new ControlClient(directory).stop(END);
            return false;
        }
    }

    /** Ends what is more than this. */
    void reduceTo(int count) throws IOException, InterruptedException {
        while (own.size() > count) {
            RunDirectory directory = own.remove(own.size() - 1);
            try {
                // One that is taken at this moment would end in its taker's hands.
                if (new ControlClient(directory).take(true, Limits.DEFAULT)) {
                    new ControlClient(directory).stop(END);
                }
            } catch (IOException e) {
                log.accept("a machine that stood by has not ended cleanly: " + e.getMessage());
            }
        }
    }
}
