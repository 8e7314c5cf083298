package io.jenkins.plugins.qemush.engine.guest;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A call that heeds no interrupt, as those of JSch, on a thread of its own: the caller can be interrupted all the same. */
final class Abandonable {
    private Abandonable() {}

    private static final long LOOK_MILLIS = 100;

    /**
     * Waits for the call.
     *
     * @param hopeless asked now and then: whether to wait no longer
     * @param unwanted takes the result that comes when nobody waits any more
     * @return empty when it was hopeless
     */
    static <T> Optional<T> call(Callable<T> call, BooleanSupplier hopeless, Consumer<T> unwanted, String name)
            throws IOException, InterruptedException {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(call.call());
                    } catch (Exception e) {
                        result.completeExceptionally(e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        try {
            while (true) {
                try {
                    return Optional.of(result.get(LOOK_MILLIS, TimeUnit.MILLISECONDS));
                } catch (TimeoutException e) {
                    if (hopeless.getAsBoolean()) {
                        result.thenAccept(unwanted);
                        return Optional.empty();
                    }
                }
            }
        } catch (InterruptedException e) {
            result.thenAccept(unwanted);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        }
    }
}
