package io.jenkins.plugins.qemush.engine.sync;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.IOException;
import java.time.Duration;

/**
 * A folder of the host in a guest: {@link #push} before a command, {@link #pull} behind it. Comes from
 * {@link PreparedWorkspace#enter}.
 *
 * <p>Several commands may use it at once; transfers take turns. Whoever changed a file last wins: a push overwrites what
 * the guest has not been asked for yet, a pull what the host changed meanwhile. A pull deletes on the host only what the
 * guest had been given or had sent before. Nothing is left to close: the machine is thrown away.
 */
public interface GuestWorkspace {

    /**
     * Takes what changed on the host since the last transfer to the guest.
     *
     * @throws GuestFailure when the guest cannot take it
     */
    SyncReport push() throws IOException, InterruptedException;

    /**
     * Brings what changed in the guest since the last transfer to the host. What should not or cannot come back, the
     * report tells; all else has come then.
     *
     * @throws GuestFailure when the guest broke off, lied or sent too much
     * @throws HostFailure when the host's folder is gone
     */
    SyncReport pull(SyncPolicy policy) throws IOException, InterruptedException;

    /**
     * All that both sides have, as if it were one transfer: what came in when the workspace entered.
     *
     * @param took how long that took
     */
    SyncReport entered(Duration took);
}
