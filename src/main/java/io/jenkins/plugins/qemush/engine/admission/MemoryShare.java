package io.jenkins.plugins.qemush.engine.admission;

import io.jenkins.plugins.qemush.engine.image.store.NameLock;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A machine's part of the host's memory, until it is closed or this process ends. */
public final class MemoryShare implements AutoCloseable {
    private final Claims claims;
    private final Claim claim;
    private final AtomicBoolean closed = new AtomicBoolean();

    MemoryShare(Claims claims, Claim claim) {
        this.claims = claims;
        this.claim = claim;
    }

    /** From now on somebody uses the machine: it need not make room for others any more. */
    public void isUsed() throws IOException, InterruptedException {
        try (NameLock held = claims.lock()) {
            claims.write(claim.as(Claim.State.HELD));
        }
    }

    /** Gives it back. */
    @Override
    public void close() throws IOException {
        // Its ticket may be another's by then.
        if (!closed.getAndSet(true)) {
            claims.remove(claim);
        }
    }
}
