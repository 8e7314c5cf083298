package io.jenkins.plugins.qemush.engine.supervisor;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.engine.image.IoReason;
import java.io.IOException;

/** A failure on its way from the supervisor to whoever asked; exactly one of {@code nextStep} and {@code console} is set. */
record RemoteFailure(String cause, String nextStep, String console) {

    static RemoteFailure of(Exception e) {
        if (e instanceof GuestFailure guest) {
            return new RemoteFailure(guest.getMessage(), null, guest.console());
        }
        if (e instanceof HostFailure host) {
            return new RemoteFailure(host.getMessage(), host.help(), null);
        }
        String reason = e instanceof IOException io ? IoReason.withFile(io) : e.toString();
        return new RemoteFailure(
                "The machine's supervisor failed: " + reason + ".",
                "If the disk where run directories lie is full, free space there; supervisor.log among them tells more.",
                null);
    }

    /** The same, with words before its cause that say what it is about. */
    RemoteFailure behind(String words) {
        return new RemoteFailure(words + cause, nextStep, console);
    }

    QemuShException toException() {
        return console != null ? new GuestFailure(cause, console) : new HostFailure(cause, nextStep);
    }
}
