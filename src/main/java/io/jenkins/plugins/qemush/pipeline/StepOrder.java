package io.jenkins.plugins.qemush.pipeline;

import hudson.AbortException;
import io.jenkins.plugins.qemush.agent.MachineOrder;
import io.jenkins.plugins.qemush.agent.SharedWorkspace;
import io.jenkins.plugins.qemush.agent.TimeLimits;
import io.jenkins.plugins.qemush.config.QemuShConfiguration;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.sync.SyncMode;
import io.jenkins.plugins.qemush.engine.warm.WarmMode;
import java.util.Locale;

/** Turns a step's parameters into the order of a machine and the share of its workspace, or says at once what is wrong. */
final class StepOrder {
    private final QemuShStep step;

    StepOrder(QemuShStep step) {
        this.step = step;
    }

    /**
     * What the step asks for, with the configuration page's answers for what it leaves open.
     *
     * @throws AbortException when that makes no sense, telling what would
     */
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
                    StepWord.NETWORK.standard().equalsIgnoreCase(step.getNetwork()),
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

    /** How the workspace at that path is shared. */
    SharedWorkspace workspace(String path) {
        return new SharedWorkspace(
                path, SyncMode.valueOf(step.getSync().toUpperCase(Locale.ROOT)), step.getSyncExclude());
    }

    private void checkNumbers() throws AbortException {
        Integer memory = step.getMemory();
        Integer bootTimeout = step.getBootTimeout();
        require(memory == null || memory > 0, "memory is in MB and cannot be " + memory + ".");
        require(step.getCpus() > 0, "cpus cannot be " + step.getCpus() + ".");
        require(bootTimeout == null || bootTimeout > 0, "bootTimeout is in seconds and cannot be " + bootTimeout + ".");
    }

    private void checkWords() throws AbortException {
        require(
                step.getArch() != null || step.getImage() != null,
                "it needs an architecture or an image: qemuSh(arch: 'aarch64') { ... }");
        StepWord.NETWORK.check(step.getNetwork());
        StepWord.SYNC.check(step.getSync());
        StepWord.WARM.check(step.getWarm());
    }

    private static void require(boolean condition, String message) throws AbortException {
        if (!condition) {
            throw new AbortException("qemuSh: " + message);
        }
    }
}
