package io.jenkins.plugins.qemush.pipeline;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Gives a limit to calls that have none of their own. */
final class TimeLimit {
    private final ExecutorService pool;
    private final Duration limit;

    /**
     * @param pool whose threads make the calls
     */
    TimeLimit(ExecutorService pool, Duration limit) {
        this.pool = pool;
        this.limit = limit;
    }

    /**
     * Makes a call. One that takes too long is interrupted, and not waited for.
     *
     * @param what it does, as the beginning of a sentence
     * @throws IOException when it fails, or takes longer than the limit
     */
    <T> T of(String what, Callable<T> call) throws IOException, InterruptedException {
        Future<T> answer = pool.submit(call);
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException(what + " took longer than " + limit.toSeconds() + " s.", e);
        } catch (ExecutionException e) {
            throw new IOException(what + " failed: " + e.getCause().getMessage(), e.getCause());
        } finally {
            answer.cancel(true);
        }
    }
}
