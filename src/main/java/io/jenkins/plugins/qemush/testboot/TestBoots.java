package io.jenkins.plugins.qemush.testboot;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.qemush.agent.Agent;
import io.jenkins.plugins.qemush.agent.MachineOrder;
import io.jenkins.plugins.qemush.agent.MemoryWish;
import io.jenkins.plugins.qemush.agent.TimeLimits;
import io.jenkins.plugins.qemush.config.ConfiguredImage;
import io.jenkins.plugins.qemush.config.QemuShConfiguration;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.warm.WarmMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import jenkins.util.Timer;

/** The test boots that go on, and the last ones that are over. In memory only. */
@Extension
public class TestBoots {
    /** A boot that is over has its console in memory. */
    private static final int MOST_KEPT = 10;

    /** What a machine may live on when its boot took all its time: enough for one command. */
    private static final int AFTER_BOOT_SECONDS = 60;

    /** Whoever watches a boot wants to see it, also of an image that is quiet. */
    private static final String TALKATIVE = "ignore_loglevel";

    private static final long LOOK_SECONDS = 2;

    private final Map<String, TestBoot> boots = new LinkedHashMap<>();

    public static TestBoots get() {
        return ExtensionList.lookupSingleton(TestBoots.class);
    }

    /**
     * Starts a test boot.
     *
     * @param node empty for the built-in one
     * @return its page's name
     * @throws HostFailure when the node is not connected, or the image not filled in
     */
    public String start(String node, ConfiguredImage image) throws HostFailure {
        Agent.named(node);
        String id = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        TestBoot boot = new TestBoot(id, node, image.getName(), order(image));
        synchronized (this) {
            forgetOld();
            boots.put(id, boot);
        }
        boot.start();
        watch(boot);
        return id;
    }

    /** A test boot's page; null when nobody remembers it. */
    public synchronized TestBootPage page(String id) {
        TestBoot boot = boots.get(id);
        return boot == null ? null : new TestBootPage(boot);
    }

    /** A boot from the kernel on: a saved state would show nothing on the console. */
    private static MachineOrder order(ConfiguredImage image) throws HostFailure {
        QemuShConfiguration configuration = QemuShConfiguration.get();
        int boot = configuration.getBootTimeout();
        return new MachineOrder(
                image.choice(),
                null,
                new MemoryWish(null, configuration.getMemory()),
                configuration.getCpus(),
                true,
                new TimeLimits(boot, 0, boot + AFTER_BOOT_SECONDS),
                WarmMode.FALSE,
                TALKATIVE,
                false);
    }

    private void forgetOld() {
        boots.values().stream()
                .filter(boot -> boot.end().isPresent())
                .map(TestBoot::id)
                .limit(Math.max(0, boots.size() - MOST_KEPT + 1))
                .toList()
                .forEach(boots::remove);
    }

    /** Stops a boot that nobody looks at any more. */
    private static void watch(TestBoot boot) {
        new Watch(boot).schedule();
    }

    private record Watch(TestBoot boot) implements Runnable {
        void schedule() {
            Timer.get().schedule(this, LOOK_SECONDS, TimeUnit.SECONDS);
        }

        @Override
        public void run() {
            if (boot.lease().isOver()) {
                boot.stop();
            } else if (boot.end().isEmpty()) {
                schedule();
            }
        }
    }
}
