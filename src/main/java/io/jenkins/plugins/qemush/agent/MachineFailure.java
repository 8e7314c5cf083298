package io.jenkins.plugins.qemush.agent;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import java.io.Serializable;

/**
 * Why a machine is dead, in plain strings that travel anywhere.
 *
 * @param cause one sentence
 * @param help the console around it, or the next step
 * @param guest whether the guest's side failed: the help is then its console
 */
public record MachineFailure(String cause, String help, boolean guest) implements Serializable {
    public static MachineFailure of(QemuShException e) {
        return new MachineFailure(e.getMessage(), e.help(), e instanceof GuestFailure);
    }
}
