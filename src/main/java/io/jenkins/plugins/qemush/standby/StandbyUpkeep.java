package io.jenkins.plugins.qemush.standby;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Computer;
import hudson.model.PeriodicWork;
import io.jenkins.plugins.qemush.agent.Agent;
import io.jenkins.plugins.qemush.agent.StandbyWish;
import io.jenkins.plugins.qemush.config.QemuShConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.Timer;

/**
 * Tells the agents which machines are to stand by: each minute, since what an agent was told holds for some minutes only,
 * and soon after something has changed. An agent that hears nothing any more, for whatever reason, ends them by itself.
 */
@Extension
public class StandbyUpkeep extends PeriodicWork {
    private static final Logger LOGGER = Logger.getLogger(StandbyUpkeep.class.getName());

    private static final Duration PERIOD = Duration.ofMinutes(1);

    /** A configuration is set field by field. */
    private static final long SOON_MILLIS = 500;

    /** Nodes that will be told soon. */
    private final Set<String> due = ConcurrentHashMap.newKeySet();

    /** Nodes that were told of machines to keep, and not of their end. */
    private final Set<String> keeping = ConcurrentHashMap.newKeySet();

    /** By node: one message at a time. */
    private final Map<String, Object> turns = new ConcurrentHashMap<>();

    public static StandbyUpkeep get() {
        return ExtensionList.lookupSingleton(StandbyUpkeep.class);
    }

    @Override
    public long getRecurrencePeriod() {
        return PERIOD.toMillis();
    }

    @Override
    protected void doRun() {
        tellAllSoon();
    }

    void tellAllSoon() {
        for (Computer computer : Jenkins.get().getComputers()) {
            tellSoon(computer.getName());
        }
    }

    /** Tells one node, in the background. */
    public void tellSoon(String node) {
        if (due.add(node)) {
            Timer.get()
                    .schedule(
                            () -> Computer.threadPoolForRemoting.submit(() -> tell(node)),
                            SOON_MILLIS,
                            TimeUnit.MILLISECONDS);
        }
    }

    private void tell(String node) {
        // What changes from now on is told again, behind this.
        due.remove(node);
        synchronized (turns.computeIfAbsent(node, name -> new Object())) {
            tellNow(node);
        }
    }

    private void tellNow(String node) {
        QemuShConfiguration configuration = QemuShConfiguration.get();
        List<StandbyWish> wishes = StandbyWishes.of(configuration);
        if (!concerns(node, wishes)) {
            return;
        }
        try {
            Agent agent = Agent.named(node);
            if (agent.isUnix()) {
                agent.standby().keep(wishes, configuration.getMachinesPerAgent(), configuration.getMemoryPerAgent());
            }
        } catch (IOException e) {
            // An agent that is not connected is told when it is.
            Level level = isConnected(node) ? Level.WARNING : Level.FINE;
            LOGGER.log(level, "whether machines stand by on " + node + " is not known; it is told again", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isConnected(String node) {
        Computer computer = Jenkins.get().getComputer(node);
        return computer != null && computer.getChannel() != null;
    }

    /** Whether the node has to be told: one that never had to keep anything need not hear that it is nothing. */
    private boolean concerns(String node, List<StandbyWish> wishes) {
        if (wishes.isEmpty()) {
            return keeping.remove(node);
        }
        keeping.add(node);
        return true;
    }
}
