package io.jenkins.plugins.qemush.agent;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.standby.StandbyFolder;
import io.jenkins.plugins.qemush.engine.standby.StandbyLimits;
import io.jenkins.plugins.qemush.engine.standby.StandbyMachines;
import io.jenkins.plugins.qemush.engine.standby.StandbyOrder;
import io.jenkins.plugins.qemush.engine.standby.StandbyServer;
import io.jenkins.plugins.qemush.engine.vm.request.Limits;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import io.jenkins.plugins.qemush.engine.warm.WarmMode;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What becomes of machines that stand by on an agent. */
final class StandbyCalls {
    private static final Logger LOGGER = Logger.getLogger(StandbyCalls.class.getName());

    /**
     * Of a machine that was taken until its block says that it has it: when an abort, or a lost connection, comes between,
     * nobody knows of the machine.
     */
    private static final Limits RESERVED = new Limits(Limits.DEFAULT_BOOT, Duration.ofMinutes(2), Duration.ZERO);

    private StandbyCalls() {}

    /** Where things of machines that stand by lie on one agent, all of them for it alone. */
    record Where(AgentRunRoot runs, AgentFolders folders, String home) implements Serializable {
        StandbyFolder folder() {
            return new StandbyFolder(Path.of(home));
        }

        UsedImages used() {
            return new UsedImages(Path.of(home, "used"));
        }
    }

    /** Takes a machine that stands by if there is one that is as wanted, else makes a run directory. */
    record Place(Where where, MachineOrder order, String machine, String owner)
            implements AgentCalls.Call<MachinePlace> {
        @Override
        public MachinePlace run() throws IOException, InterruptedException {
            Optional<RunDirectory> taken = order.warm() == WarmMode.FALSE ? Optional.empty() : take();
            if (taken.isPresent()) {
                AgentRunRoot.setOwner(taken.get(), owner);
            }
            RunDirectory directory =
                    taken.isPresent() ? taken.get() : where.runs().create(machine, owner);
            return new MachinePlace(directory.path().toString(), taken.isPresent());
        }

        private Optional<RunDirectory> take() throws IOException, InterruptedException {
            Optional<String> name = order.image().configuredName();
            if (name.isEmpty()) {
                return Optional.empty();
            }
            where.used().mark(name.get());
            RunRoot root = where.runs().open();
            Optional<Image> image = root.standing().isEmpty()
                    ? Optional.empty()
                    : order.image().present(where.folders().store(), name.get());
            return image.isEmpty()
                    ? Optional.empty()
                    : new StandbyMachines(root)
                            .take(AgentCalls.request("", order, image.get()).with(RESERVED), false);
        }
    }

    /** Orders machines, or none; answers whether nobody is there to keep them. */
    record Order(Where where, String engine, List<StandbyWish> wishes, int machines, int memory)
            implements AgentCalls.Call<Boolean> {
        Order {
            wishes = List.copyOf(wishes);
        }

        @Override
        public Boolean run() throws IOException, InterruptedException {
            List<StandbyOrder.Kind> kinds = new ArrayList<>();
            for (StandbyWish wish : wishes) {
                Optional<Image> image = where.used().has(wish.image()) ? present(wish) : Optional.empty();
                if (image.isPresent()) {
                    kinds.add(new StandbyOrder.Kind(
                            wish.image(), AgentCalls.request("standby", wish.order(), image.get()), wish.count()));
                }
            }
            if (kinds.isEmpty()) {
                where.folder().withdraw();
                return false;
            }
            Path root = where.runs().open().path();
            StandbyServer server =
                    StandbyServer.of(Path.of(engine), where.folders().over(System.getenv()));
            where.folder().order(new StandbyOrder(server, root, new StandbyLimits(machines, memory), kinds));
            return !where.folder().isServed();
        }

        private Optional<Image> present(StandbyWish wish) throws IOException, InterruptedException {
            try {
                return wish.order().image().present(where.folders().store(), wish.image());
            } catch (HostFailure e) {
                LOGGER.log(Level.WARNING, "no machine of " + wish.image() + " stands by", e);
                return Optional.empty();
            }
        }
    }

    /** Starts the process that keeps them. */
    record Start(Where where, String engine) implements AgentCalls.Call<Void> {
        @Override
        public Void run() throws IOException {
            where.folder().start(AgentCalls.launcher(engine, where.folders().over(System.getenv())));
            return null;
        }
    }

    /** Notes that an image is used on the agent, or is to be used there no more. */
    record Use(Where where, String image, boolean used) implements AgentCalls.Call<Void> {
        @Override
        public Void run() throws IOException {
            if (used) {
                where.used().mark(image);
            } else {
                where.used().forget(image);
            }
            return null;
        }
    }

    /** How many machines of an image can be taken now; null when the image is not in use here. */
    record Count(Where where, String image) implements AgentCalls.Call<Integer> {
        @Override
        public Integer run() throws IOException, InterruptedException {
            return where.used().has(image) ? new StandbyMachines(where.runs().open()).count(image) : null;
        }
    }

    /** Removes what machines left that had no time to do so themselves. */
    record Sweep(Where where) implements AgentCalls.Call<Void> {
        @Override
        public Void run() throws IOException {
            for (RunRoot root : where.runs().roots()) {
                StandbyMachines.removeLeftIn(root);
            }
            return null;
        }
    }
}
