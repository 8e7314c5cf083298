package io.jenkins.plugins.qemush.engine.sync;

import java.time.Duration;

/** A folder of the guest's own: nothing travels. */
final class UnsharedWorkspace implements GuestWorkspace {

    private static final SyncReport NOTHING = new SyncReport(SyncMode.NONE, 0, 0, 0, Duration.ZERO, "");

    @Override
    public SyncReport push() {
        return NOTHING;
    }

    @Override
    public SyncReport pull(SyncPolicy policy) {
        return NOTHING;
    }

    @Override
    public SyncReport entered(Duration took) {
        return NOTHING;
    }
}
