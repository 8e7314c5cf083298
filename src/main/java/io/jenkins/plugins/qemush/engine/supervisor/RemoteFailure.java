package io.jenkins.plugins.qemush.engine.supervisor;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;

/** A failure on its way from the supervisor to whoever asked; exactly one of {@code nextStep} and {@code console} is set. */
record RemoteFailure(String cause, String nextStep, String console) {

    static RemoteFailure of(Exception e) {
        if (e instanceof GuestFailure guest) {
            return new RemoteFailure(guest.getMessage(), null, guest.console());
        }
        if (e instanceof HostFailure host) {
            return new RemoteFailure(host.getMessage(), host.help(), null);
        }
        return new RemoteFailure("The supervisor failed: " + e, "See supervisor.log in the run directory.", null);
    }

    QemuShException toException() {
        return console != null ? new GuestFailure(cause, console) : new HostFailure(cause, nextStep);
    }
}
