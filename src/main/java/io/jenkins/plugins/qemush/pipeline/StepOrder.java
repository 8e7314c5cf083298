package io.jenkins.plugins.qemush.pipeline;

import hudson.AbortException;
import io.jenkins.plugins.qemush.agent.MachineOrder;
import io.jenkins.plugins.qemush.agent.MemoryWish;
import io.jenkins.plugins.qemush.agent.SharedWorkspace;
import io.jenkins.plugins.qemush.agent.TimeLimits;
import io.jenkins.plugins.qemush.config.QemuShConfiguration;
import io.jenkins.plugins.qemush.config.Word;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.sync.SyncMode;
import io.jenkins.plugins.qemush.engine.sync.SyncPolicy;
import io.jenkins.plugins.qemush.engine.warm.WarmMode;
import java.util.Locale;
import java.util.Optional;

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
        if (configuration.isDefaultsAreLimits()) {
            checkLimits(configuration);
        }
        try {
            return new MachineOrder(
                    configuration.choose(step.getArch(), step.getImage()),
                    step.getUser(),
                    new MemoryWish(step.getMemory(), configuration.getMemory()),
                    or(step.getCpus(), configuration.getCpus()),
                    hasNetwork(or(step.getNetwork(), configuration.getNetwork())),
                    limits(configuration),
                    WarmMode.valueOf(upper(or(step.getWarm(), configuration.getWarm()))),
                    "",
                    step.isFixNetwork());
        } catch (HostFailure e) {
            throw new AbortException("qemuSh: " + e.getMessage() + "\n" + e.help());
        }
    }

    /** How the workspace at that path is shared. The step of a build that began with an older version may lack some words. */
    SharedWorkspace workspace(String path) {
        return new SharedWorkspace(
                path,
                SyncMode.valueOf(upper(step.getSync())),
                step.getSyncExclude(),
                new SyncPolicy(
                        SyncPolicy.Links.valueOf(upper(or(step.getSyncLinks(), Word.SYNC_LINKS.standard()))),
                        SyncPolicy.SetId.valueOf(upper(or(step.getSyncSetid(), Word.SYNC_SETID.standard()))),
                        SyncPolicy.Conflicts.valueOf(upper(or(step.getOnConflict(), Word.ON_CONFLICT.standard()))),
                        SyncPolicy.Git.valueOf(upper(or(step.getSyncGit(), Word.SYNC_GIT.standard())))));
    }

    private static boolean hasNetwork(String word) {
        return Word.NETWORK.standard().equalsIgnoreCase(word);
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }

    private TimeLimits limits(QemuShConfiguration configuration) {
        return new TimeLimits(
                or(step.getBootTimeout(), configuration.getBootTimeout()),
                or(step.getIdleTimeout(), configuration.getIdleTimeout()),
                or(step.getTotalTimeout(), configuration.getTotalTimeout()));
    }

    /** What the step says, else what the configuration does. */
    private static <T> T or(T said, T configured) {
        return said == null ? configured : said;
    }

    private void checkNumbers() throws AbortException {
        checkNumber("memory is in MB", step.getMemory(), 1);
        checkNumber("cpus is a number of processors", step.getCpus(), 1);
        checkNumber("bootTimeout is in seconds", step.getBootTimeout(), 1);
        checkNumber("idleTimeout is in seconds, 0 for no limit,", step.getIdleTimeout(), 0);
        checkNumber("totalTimeout is in seconds, 0 for no limit,", step.getTotalTimeout(), 0);
    }

    private static void checkNumber(String what, Integer number, int least) throws AbortException {
        require(number == null || number >= least, what + " and cannot be " + number + ".");
    }

    private void checkLimits(QemuShConfiguration configuration) throws AbortException {
        String most = " (Manage Jenkins, System, QEMU virtual machines). Ask for less, or for nothing.";
        Optional<String> beyond = limits(configuration)
                .beyond(new TimeLimits(
                        configuration.getBootTimeout(),
                        configuration.getIdleTimeout(),
                        configuration.getTotalTimeout()));
        if (beyond.isPresent()) {
            throw new AbortException("qemuSh: " + beyond.get() + most);
        }
        require(
                step.getNetwork() == null || !hasNetwork(step.getNetwork()) || hasNetwork(configuration.getNetwork()),
                "network: '" + step.getNetwork() + "' is more than the '" + configuration.getNetwork()
                        + "' that is allowed" + most);
    }

    private void checkWords() throws AbortException {
        require(
                step.getArch() != null || step.getImage() != null,
                "it needs an architecture or an image: qemuSh(arch: 'aarch64') { ... }");
        Word.SYNC.check(step.getSync());
        Word.SYNC_LINKS.check(or(step.getSyncLinks(), Word.SYNC_LINKS.standard()));
        Word.SYNC_SETID.check(or(step.getSyncSetid(), Word.SYNC_SETID.standard()));
        Word.SYNC_GIT.check(or(step.getSyncGit(), Word.SYNC_GIT.standard()));
        Word.ON_CONFLICT.check(or(step.getOnConflict(), Word.ON_CONFLICT.standard()));
        if (step.getNetwork() != null) {
            Word.NETWORK.check(step.getNetwork());
        }
        if (step.getWarm() != null) {
            Word.WARM.check(step.getWarm());
        }
    }

    private static void require(boolean condition, String message) throws AbortException {
        if (!condition) {
            throw new AbortException("qemuSh: " + message);
        }
    }
}
