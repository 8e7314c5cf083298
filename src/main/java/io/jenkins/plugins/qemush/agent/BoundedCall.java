package io.jenkins.plugins.qemush.agent;

import hudson.remoting.Callable;
import hudson.remoting.Future;
import hudson.remoting.VirtualChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls an agent and never waits for ever: a call that takes too long, or whose caller is interrupted, is cancelled. */
final class BoundedCall {
    private final VirtualChannel channel;

    BoundedCall(VirtualChannel channel) {
        this.channel = channel;
    }

    <V> V call(Callable<V, IOException> callable, Duration patience) throws IOException, InterruptedException {
        Future<V> answer = channel.callAsync(callable);
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("The agent did not answer within " + patience.toSeconds() + " s.", e);
        } catch (ExecutionException e) {
            throw asIs(e.getCause());
        }
    }

    private static IOException asIs(Throwable cause) throws InterruptedException {
        if (cause instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        return cause instanceof IOException known ? known : new IOException(cause);
    }
}
