package io.jenkins.plugins.qemush.engine.image.download;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.engine.image.DiskSpace;
import io.jenkins.plugins.qemush.engine.image.IoReason;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Tries again what the network spoiled, with growing pauses. */
final class Retries {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** Even of a server that cuts the connection after every few bytes. */
    private static final int MAX_CUTS = 200;

    private final WebLimits limits;

    Retries(WebLimits limits) {
        this.limits = limits;
    }

    @FunctionalInterface
    interface Attempt<T> {
        T run() throws IOException, InterruptedException;
    }

    /**
     * Runs until it succeeds, fails for good, or has failed too often.
     *
     * @param arrived the bytes there are so far; a try that brought some does not count
     */
    <T> T run(WebAddress address, LongSupplier arrived, Attempt<T> attempt) throws IOException, InterruptedException {
        Duration pause = limits.firstPause();
        int fruitless = 0;
        for (int cuts = 0; ; cuts++) {
            long before = arrived.getAsLong();
            try {
                return attempt.run();
            } catch (QemuShException e) {
                throw e;
            } catch (IOException e) {
                boolean brought = arrived.getAsLong() > before;
                fruitless = brought ? 0 : fruitless + 1;
                if (DiskSpace.isExhausted(e) || fruitless >= limits.tries() || cuts >= MAX_CUTS) {
                    throw failure(address, e);
                }
                pause = brought ? limits.firstPause() : pause;
            }
            Thread.sleep(pause.toMillis());
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private static IOException failure(WebAddress address, IOException e) {
        if (DiskSpace.isExhausted(e)) {
            return e;
        }
        String reason = e instanceof UnknownHostException ? "there is no such host" : IoReason.of(e);
        return new HostFailure(
                address + " cannot be downloaded: " + reason + ".",
                "Check the address and the network (a proxy is set by -Dhttps.proxyHost), and try again: what has"
                        + " arrived is kept.",
                e);
    }
}
