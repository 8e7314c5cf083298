package io.jenkins.plugins.qemush.standby;

import io.jenkins.plugins.qemush.agent.MachineOrder;
import io.jenkins.plugins.qemush.agent.MemoryWish;
import io.jenkins.plugins.qemush.agent.StandbyWish;
import io.jenkins.plugins.qemush.agent.TimeLimits;
import io.jenkins.plugins.qemush.config.ConfiguredImage;
import io.jenkins.plugins.qemush.config.QemuShConfiguration;
import io.jenkins.plugins.qemush.config.Word;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.warm.WarmMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The machines that the configuration wants on each agent: as a block gets them that says nothing but the image. */
final class StandbyWishes {
    private static final Logger LOGGER = Logger.getLogger(StandbyWishes.class.getName());

    private StandbyWishes() {}

    static List<StandbyWish> of(QemuShConfiguration configuration) {
        List<StandbyWish> wishes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ConfiguredImage image : configuration.getImages()) {
            // Of two that are called the same, blocks get the first.
            if (names.add(image.getName()) && image.getStandby() > 0) {
                try {
                    wishes.add(new StandbyWish(image.getName(), order(configuration, image), image.getStandby()));
                } catch (HostFailure e) {
                    LOGGER.log(Level.WARNING, "no machine of " + image.getName() + " stands by", e);
                }
            }
        }
        return wishes;
    }

    private static MachineOrder order(QemuShConfiguration configuration, ConfiguredImage image) throws HostFailure {
        return new MachineOrder(
                image.choice(),
                null,
                new MemoryWish(null, configuration.getMemory()),
                configuration.getCpus(),
                Word.NETWORK.standard().equalsIgnoreCase(configuration.getNetwork()),
                new TimeLimits(configuration.getBootTimeout(), 0, 0),
                WarmMode.AUTO,
                "",
                false);
    }
}
