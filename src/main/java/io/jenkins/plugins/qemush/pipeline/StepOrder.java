package io.jenkins.plugins.qemush.pipeline;

import hudson.AbortException;
import io.jenkins.plugins.qemush.agent.MachineOrder;
import io.jenkins.plugins.qemush.agent.TimeLimits;
import io.jenkins.plugins.qemush.config.QemuShConfiguration;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.sync.SyncMode;
import io.jenkins.plugins.qemush.engine.warm.WarmMode;
import java.util.Arrays;
import java.util.Locale;

/** Turns a step's parameters into the order of a machine, or says at once what is wrong with them. */
final class StepOrder {
    /** The guest reaches what the agent reaches. */
    static final String USER_NETWORK = "user";

    static final String NO_NETWORK = "none";

    private final QemuShStep step;

    StepOrder(QemuShStep step) {
        this.step = step;
    }

    MachineOrder check() throws AbortException {
        checkNumbers();
        checkWords();
        QemuShConfiguration configuration = QemuShConfiguration.get();
        try {
            return new MachineOrder(
                    configuration.choose(step.getArch(), step.getImage()),
                    step.getUser(),
                    step.getMemory() != null ? step.getMemory() : configuration.getMemory(),
                    step.getCpus(),
                    USER_NETWORK.equals(step.getNetwork()),
                    new TimeLimits(
                            step.getBootTimeout() != null ? step.getBootTimeout() : configuration.getBootTimeout(),
                            0,
                            0),
                    WarmMode.valueOf(step.getWarm().toUpperCase(Locale.ROOT)),
                    "");
        } catch (HostFailure e) {
            throw new AbortException("qemuSh: " + e.getMessage() + "\n" + e.help());
        }
    }

    private void checkNumbers() throws AbortException {
        Integer memory = step.getMemory();
        Integer bootTimeout = step.getBootTimeout();
        require(memory == null || memory > 0, "memory is in MB and cannot be " + memory + ".");
        require(step.getCpus() > 0, "cpus cannot be " + step.getCpus() + ".");
        require(bootTimeout == null || bootTimeout > 0, "bootTimeout is in seconds and cannot be " + bootTimeout + ".");
    }

    private void checkWords() throws AbortException {
        String network = step.getNetwork();
        String sync = step.getSync();
        require(
                step.getArch() != null || step.getImage() != null,
                "it needs an architecture or an image: qemuSh(arch: 'aarch64') { ... }");
        require(
                USER_NETWORK.equals(network) || NO_NETWORK.equals(network),
                "network cannot be '" + network + "': use 'user' (what the agent reaches) or 'none'.");
        require(
                Arrays.stream(SyncMode.values()).anyMatch(mode -> mode.name().equalsIgnoreCase(sync)),
                "sync cannot be '" + sync + "': use 'auto', 'disk', 'tar' or 'none'.");
        require(
                Arrays.stream(WarmMode.values()).anyMatch(mode -> mode.name().equalsIgnoreCase(step.getWarm())),
                "warm cannot be '" + step.getWarm() + "': use 'auto', 'true' or 'false'.");
    }

    private static void require(boolean condition, String message) throws AbortException {
        if (!condition) {
            throw new AbortException("qemuSh: " + message);
        }
    }
}
