package io.jenkins.plugins.qemush.engine.standby;

import io.jenkins.plugins.qemush.engine.image.store.NameLock;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * Keeps machines of several kinds standing by, as its {@link StandbyFolder} orders, in a process of its own: they outlive
 * whoever ordered them for as long as the order holds, and end with this process, however it ends.
 */
final class StandbyProcess {
    private static final long LOOK_MILLIS = 200;

    /** After something went wrong. */
    private static final long PAUSE_MILLIS = 5_000;

    private final StandbyFolder folder;
    private final ChangedLines log = new ChangedLines(System.out::println);

    /** None before the first order, and once all have ended. */
    private Optional<StandbyPools> pools = Optional.empty();

    private StandbyProcess(StandbyFolder folder) {
        this.folder = folder;
    }

    /** @param arguments the folder */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        StandbyFolder folder = new StandbyFolder(Path.of(arguments[0]));
        Optional<NameLock> lock = folder.serve();
        if (lock.isPresent()) {
            try (NameLock held = lock.get()) {
                new StandbyProcess(folder).serve();
            }
        }
        System.exit(0);
    }

    private void serve() throws IOException, InterruptedException {
        Optional<FileTime> known = Optional.empty();
        for (Optional<FileTime> given = folder.given(); given.isPresent(); given = folder.given()) {
            if (!given.equals(known)) {
                known = given;
                if (!begin()) {
                    break;
                }
            }
            tend(pools.orElseThrow());
            Thread.sleep(LOOK_MILLIS);
        }
        if (pools.isPresent()) {
            pools.get().end();
        }
    }

    /** Begins with the order as it is now; false when another process is to serve it. */
    private boolean begin() throws IOException, InterruptedException {
        Optional<StandbyOrder> order = folder.current();
        if (order.isEmpty() || !order.get().server().isThisProcess()) {
            return false;
        }
        pools = Optional.of(
                pools.isEmpty()
                        ? StandbyPools.of(order.get(), log)
                        : StandbyPools.after(pools.get(), order.get(), log));
        return true;
    }

    private void tend(StandbyPools kept) throws InterruptedException {
        try {
            kept.tend();
        } catch (IOException e) {
            log.accept("it is tried again: " + e);
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
